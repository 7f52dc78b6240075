"""How an upload is to be read, as a person has chosen it; a draft until it is taken over."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from planner.domain.observer import Role
from planner.store.records import Upload, UploadKind
from planner.workspace.imports import ImportOptions, Trial
from ui.components.text import plain
from ui.field_labels import label
from ui.state import Page
from ui.strings import _

NONE = ""
"""Choice of a field that no column tells."""
PER_ROW = 4


@dataclass
class Chosen:
    """What a person has chosen for one upload; ``None`` and missing fields are found out."""

    mapping: dict[str, str] = field(default_factory=dict)
    sheet: str | None = None
    role: str | None = None
    layer: str | None = None
    crs: str | None = None
    level: str = "district"

    def read_sheet(self, sheet: str | None) -> None:
        """Choose another sheet; its columns are others."""
        self.sheet = sheet
        self.mapping.clear()

    def read_layer(self, layer: str | None) -> None:
        """Choose another layer; its properties are others."""
        self.layer = layer
        self.mapping.clear()

    def text(self) -> str:
        """Return the choices as JSON, the same for the same choices."""
        return json.dumps(self.__dict__, sort_keys=True, ensure_ascii=False)

    def options(self) -> ImportOptions:
        """Return what an import is asked for."""
        return ImportOptions(
            mapping=dict(self.mapping) or None,
            sheet=self.sheet,
            role=Role(self.role) if self.role in tuple(Role) else None,
            layer=self.layer,
            crs=self.crs or None,
            level="region" if self.level == "region" else "district",
        )


def chosen_options(page: Page, upload: Upload) -> Chosen:
    """Return what was chosen for an upload, also before a reload or a restart."""
    text = page.workspace.store.drafts.all(page.user, page.folder.id).get(_draft(upload), "")
    try:
        known = json.loads(text or "{}")
        return Chosen(**known) if isinstance(known, dict) else Chosen()
    except (ValueError, TypeError):
        return Chosen()


def forget_options(page: Page, upload: Upload) -> None:
    """Forget what was chosen for an upload that is done with."""
    page.workspace.store.drafts.clear(page.user, page.folder.id, _draft(upload))


def choose_options(page: Page, upload: Upload, chosen: Chosen, trial: Trial) -> None:
    """Draw what can be chosen; a change is kept, and the trial is made anew with it."""
    form = trial.form

    def keep(key: str, change: Callable[[Any], None]) -> None:
        change(st.session_state[key])
        page.workspace.store.drafts.put(page.user, page.folder.id, _draft(upload), chosen.text())

    columns = st.columns(3)
    # A key holds the choices: what is guessed for the other fields may change with one of them.
    sign = f"{upload.id}-{chosen.text()}"
    if form.sheets and len(form.sheets) > 1:
        _choice(
            columns[0],
            _("Sheet"),
            form.sheets,
            chosen.sheet,
            f"upload-sheet-{sign}",
            lambda key: keep(key, chosen.read_sheet),
            _("The fullest one"),
        )
    if form.layers:
        _choice(
            columns[0],
            _("Layer"),
            form.layers,
            chosen.layer,
            f"upload-layer-{sign}",
            lambda key: keep(key, chosen.read_layer),
            _("The only one with polygons"),
        )
    if upload.kind is UploadKind.OBSERVERS and not _told("role", trial):
        _choice(
            columns[1],
            _("Role of everybody on the list"),
            tuple(Role),
            chosen.role,
            f"upload-role-{sign}",
            lambda key: keep(key, lambda value: setattr(chosen, "role", value)),
            _("STO, or the list's column"),
        )
    if upload.kind is UploadKind.BOUNDARIES:
        key = f"upload-level-{sign}"
        columns[1].selectbox(
            _("They outline"),
            ("district", "region"),
            index=1 if chosen.level == "region" else 0,
            format_func=lambda value: {"district": _("districts"), "region": _("regions")}[value],
            key=key,
            on_change=keep,
            args=(key, lambda value: setattr(chosen, "level", value)),
        )
        key = f"upload-crs-{sign}"
        columns[2].text_input(
            _("Coordinate system"),
            chosen.crs or "",
            placeholder=_("that of the file"),
            help=_("Only where the file names none, e.g. EPSG:32642"),
            max_chars=40,
            key=key,
            on_change=keep,
            args=(key, lambda value: setattr(chosen, "crs", str(value).strip() or None)),
        )
    _mapping(chosen, trial, sign, keep)


def _told(name: str, trial: Trial) -> bool:
    return bool(_used(trial).get(name))


def _used(trial: Trial) -> dict[str, str]:
    """Return the column of each field as the trial understood it."""
    return dict(trial.report.mapping if trial.report else trial.form.guessed)


def _choice(
    place: Any,  # noqa: ANN401 - a column
    label: str,
    options: tuple[str, ...],
    value: str | None,
    key: str,
    changed: Callable[[str], None],
    usual: str,
) -> None:
    place.selectbox(
        label,
        options,
        index=options.index(value) if value in options else None,
        placeholder=usual,
        key=key,
        on_change=changed,
        args=(key,),
    )


def _mapping(
    chosen: Chosen,
    trial: Trial,
    sign: str,
    keep: Callable[[str, Callable[[Any], None]], None],
) -> None:
    form, used = trial.form, _used(trial)
    if not form.columns:
        return
    st.markdown(f"**{_('Which column is what')}**")
    st.caption(
        _("Choose another column, or none, where this was understood wrongly; it is tried at once.")
    )

    def change(name: str) -> Callable[[Any], None]:
        return lambda value: chosen.mapping.__setitem__(name, value or NONE)

    row: Any = None
    for number, name in enumerate(form.fields):
        if number % PER_ROW == 0:
            row = st.columns(PER_ROW)
        key = f"upload-map-{name}-{sign}"
        column = chosen.mapping.get(name, used.get(name, NONE))
        options = (NONE, *form.columns)
        row[number % PER_ROW].selectbox(
            label(name),
            options,
            index=options.index(column) if column in options else 0,
            format_func=lambda value: value or _("none"),
            key=key,
            on_change=keep,
            args=(key, change(name)),
        )
    unused = (
        trial.report.unused
        if trial.report
        else [name for name in form.columns if name not in used.values()]
    )
    if unused:
        st.caption(_("Not used: {columns}").format(columns=plain(", ".join(unused))))
    if chosen.mapping:
        key = f"upload-guess-{sign}"
        st.button(
            _("Back to what was guessed"),
            key=key,
            icon=":material/undo:",
            on_click=keep,
            args=(key, lambda _value: chosen.mapping.clear()),
        )


def _draft(upload: Upload) -> str:
    return f"upload-{upload.id}"
