"""Any history of saves and restores: numbers without gaps, nothing overwritten, stale ones told."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.export.document import dump_plan
from planner.store.errors import StaleError, StoreError
from tests.store.made import MISSION, PLANNER, VIEWER, opened, plan

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["save", "restore"]),
        st.integers(0, 3),
        st.one_of(st.just("head"), st.none(), st.integers(0, 6)),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_any_history(steps: list[tuple[str, int, object]]) -> None:
    with TemporaryDirectory() as scratch:
        store = opened(Path(scratch) / "store.db")
        kept: list[bytes] = []
        for deed, figure, saw in steps:
            head = len(kept) or None
            expected = head if saw == "head" else saw
            try:
                if deed == "save":
                    store.revisions.save(
                        PLANNER,
                        MISSION,
                        plan(figure),
                        expected_head=expected,  # type: ignore[arg-type]
                        reason="x",
                    )
                    said = dump_plan(plan(figure))
                else:
                    store.revisions.restore(
                        PLANNER,
                        MISSION,
                        figure,
                        expected_head=expected,  # type: ignore[arg-type]
                        reason="x",
                    )
                    said = kept[figure - 1]
            except StaleError as error:
                assert expected != head
                assert error.head == head  # noqa: PT017 - any step may be refused
            except StoreError as error:
                # A revision that never was, as what was seen or as what is to be restored.
                assert error.code == "ST-UNKNOWN"  # noqa: PT017 - any step may be refused
                assert expected != head or (deed == "restore" and not 1 <= figure <= len(kept))
            else:
                assert expected == head
                kept.append(said)
        history = store.revisions.history(VIEWER, MISSION)
        assert [each.number for each in history] == list(range(len(kept), 0, -1))
        documents = [store.revisions.document(VIEWER, MISSION, n + 1) for n in range(len(kept))]
        assert documents == kept
        saved = [e for e in store.audit.entries(VIEWER, MISSION) if e.action.startswith("revision")]
        assert len(saved) == len(kept)
        store.close()
