"""What was done, as the history tells it: the audit's keys in words."""

from ui.strings import _, word


def deed_words(action: str) -> str:
    """Return a deed of the audit as a person reads it.

    Parameters
    ----------
    action
        Its key, such as ``revision.save``. A deed that is not known stands as its key.
    """
    what, _dot, state = action.partition(".")
    if what == "job":
        return _("job {state}").format(state=word(state))
    return {
        "mission.add": _("mission set up"),
        "input.change": _("mission or lists changed"),
        "input.keep": _("mission's lists kept with a plan"),
        "upload.add": _("file uploaded"),
        "upload.forget": _("uploaded file removed"),
        "decision.add": _("decision settled"),
        "decision.withdraw": _("decision withdrawn"),
        "revision.save": _("plan saved"),
        "revision.restore": _("plan restored"),
        "person.add": _("person added"),
        "person.change": _("role changed"),
        "person.remove": _("person removed"),
    }.get(action, action)
