"""Hand out: files with who may read them; an edited workbook becomes decisions, line by line."""

import io
import zipfile

import pytest
from streamlit.testing.v1 import AppTest

from planner.store.records import UploadKind
from planner.workspace.workspace import Workspace
from tests.returned.edited import Edited
from tests.ui.stage import ADMIN, PLANNER, VIEWER, Stage, draw, page
from ui.components.hand_out_files import content


def _said(test: AppTest) -> str:
    kinds = (test.markdown, test.caption, test.info, test.warning, test.success, test.error)
    return "\n".join(each.value for kind in kinds for each in kind).replace("\\", "")


def _workbook() -> Edited:
    shown = page().shown
    return Edited(content(shown, shown.digest, "xlsx"))


def _swapped() -> bytes:
    """Return the workbook with two members in each other's place and a member nobody knows."""
    book = _workbook()
    one, two = (book.get("Teams", team, "Member 1") for team in ("STO-001", "STO-002"))
    book.put("Teams", "STO-001", "Member 1", two).put("Teams", "STO-002", "Member 1", one)
    return book.put("Teams", "STO-003", "Member 2", "NOBODY").save()


def _bring(space: Workspace, data: bytes) -> str:
    folder = space.missions(ADMIN)[0]
    return space.keep_upload(PLANNER, folder, UploadKind.WORKBOOK, "plan.xlsx", data).id


def _standing(space: Workspace) -> list[str]:
    folder = space.missions(ADMIN)[0]
    return [stored.decision.subject for stored in space.store.decisions.standing(ADMIN, folder.id)]


def _accept(test: AppTest, upload: str) -> AppTest:
    reason = next(area for area in test.text_area if area.key.endswith(f"returned-{upload}"))
    reason.set_value("agreed with the LTOs").run()
    test.button(key=f"returned-accept-{upload}").click().run()
    assert not test.exception
    return test


def _everything(test: AppTest) -> AppTest:
    next(each for each in test.toggle if each.key.endswith("-all")).set_value(True).run()
    return test


def test_each_file_says_what_it_is_and_for_whom(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("hand_out")
    assert not test.exception
    labels = [button.proto.label for button in test.get("download_button")]
    assert labels == [f"Download {kind}" for kind in ("xlsx", "gpkg", "kml", "gpx", "json")]
    assert _said(test).count("Restricted until election day") >= len(labels)
    assert "passes revision 1" in _said(test)


def test_size_is_told_once_the_files_are_made(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("hand_out")
    assert _said(test).count("made when asked for") == 5
    test.button(key="make-all").click().run()
    assert not test.exception
    assert "made when asked for" not in _said(test)
    assert _said(test).count(" kB") == 5
    assert test.button(key="make-all").disabled


def test_workbook_is_a_workbook_and_made_once(planned: Workspace) -> None:  # noqa: ARG001
    shown = page().shown
    made = content(shown, shown.digest, "xlsx")
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(made)).namelist()
    assert content(shown, shown.digest, "xlsx") is made


def test_untouched_workbook_changes_nothing(planned: Workspace) -> None:
    test = draw("hand_out", upload=_bring(planned, _workbook().save()))
    assert not test.exception
    assert not test.error
    assert "Nothing was changed" in _said(test)


def test_edits_stand_line_by_line_with_their_problems(planned: Workspace) -> None:
    upload = _bring(planned, _swapped())
    test = draw("hand_out", upload=upload)
    assert not test.exception
    assert not test.error
    good, bad = test.dataframe[-2].value, test.dataframe[-1].value
    assert len(good) == 2
    assert not good["Accept"].any()
    assert list(good["Column"]) == ["Member 1", "Member 1"]
    assert list(bad["Workbook"]) == ["NOBODY"]
    assert bad.iloc[0]["Problem"]
    assert bad.iloc[0]["What to do"]
    assert test.button(key=f"returned-accept-{upload}").disabled


def test_accepted_edits_become_decisions_with_one_reason(planned: Workspace) -> None:
    Stage.user = PLANNER
    upload = _bring(planned, _swapped())
    test = _accept(_everything(draw("hand_out", upload=upload)), upload)
    assert len(_standing(planned)) == 2
    assert all(subject.startswith("pair ") for subject in _standing(planned))
    folder = planned.missions(ADMIN)[0]
    stored = planned.store.decisions.standing(ADMIN, folder.id)[0].decision
    assert stored.author
    assert stored.reason == "agreed with the LTOs"
    assert "Saved: 2 decisions" in _said(test)
    again = draw("hand_out", upload=upload)
    assert "stand as decisions already" in _said(again)
    assert not [b for b in again.button if b.key == f"returned-accept-{upload}"]


def test_ticks_outlive_a_reload(planned: Workspace) -> None:
    upload = _bring(planned, _swapped())
    good = draw("hand_out", upload=upload).dataframe[-2].value
    folder = planned.missions(ADMIN)[0]
    first = "Teams!STO-001:Member 1"
    planned.store.drafts.put(ADMIN, folder.id, f"ticks-{upload}", first)
    test = draw("hand_out", upload=upload)
    assert list(test.dataframe[-2].value["Accept"]) == [
        "STO-001" in message for message in good["What it becomes"]
    ]
    _accept(test, upload)
    assert len(_standing(planned)) == 1


def test_stale_workbook_is_refused_with_the_way_out(planned: Workspace) -> None:
    upload = _bring(planned, _swapped())
    folder = planned.missions(ADMIN)[0]
    plan = planned.store.revisions.plan(ADMIN, folder.id, 1)
    newer = plan.model_copy(update={"kpis": {**plan.kpis, "extra": 1.0}})
    planned.store.revisions.save(ADMIN, folder.id, newer, expected_head=1, reason="newer")
    test = draw("hand_out", upload=upload)
    assert not test.exception
    assert "RW-STALE" in _said(test)
    assert "Download" in _said(test)


@pytest.mark.parametrize("data", [b"no workbook", b"PK\x03\x04broken"])
def test_something_else_is_refused_with_its_code(data: bytes, planned: Workspace) -> None:
    test = draw("hand_out", upload=_bring(planned, data))
    assert not test.exception
    assert "IN-WORKBOOK" in _said(test)


def test_workbook_is_found_again_and_left(planned: Workspace) -> None:
    upload = _bring(planned, _workbook().save())
    test = draw("hand_out")
    test.button(key=f"returned-{upload}").click().run()
    assert "Nothing was changed" in _said(test)
    test.button(key="returned-leave").click().run()
    assert "Nothing was changed" not in _said(test)
    assert [b for b in test.button if b.key == f"returned-{upload}"]


def test_unknown_upload_says_so(planned: Workspace) -> None:  # noqa: ARG001
    test = draw("hand_out", upload="gone")
    assert not test.exception
    assert "no longer here" in _said(test)


def test_a_viewer_downloads_and_brings_nothing_back(planned: Workspace) -> None:
    upload = _bring(planned, _swapped())
    Stage.user = VIEWER
    test = draw("hand_out", upload=upload)
    assert not test.exception
    assert len(test.get("download_button")) == 5
    assert "Only a planner" in _said(test)
    assert not [b for b in test.button if b.key and b.key.startswith("returned")]
