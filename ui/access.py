"""Who is here, and whether they may: asked on every run, never remembered.

Without an auth file the dashboard serves this machine only, and whoever sits at it is an admin.
With one, a login service says who somebody is, and the store's own table says what they may do.
"""

import getpass
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import streamlit as st

from planner.access.config import AUTH_VARIABLE, USER_VARIABLE, is_loopback, load_auth
from planner.access.people import person_of
from planner.errors import PlannerError
from planner.store.access import LoggedIn, Role, User
from planner.store.open import Store
from ui.components.boundary import boundary
from ui.components.text import plain
from ui.strings import _

LOGIN_LASTS = timedelta(hours=24)
"""Then the login service is asked again; Streamlit's own cookie would last a month."""
_STORE = "access_store"
_ASK_TO_LOG_IN = ("UI-LOGIN", "UI-LOGIN-OLD")


def current_user(store: Store) -> User:
    """Return who is here; draw a page that says why not, and stop the run, for anybody else.

    Called at the top of every run, before anything of the mission is drawn.
    """
    st.session_state[_STORE] = store
    try:
        return _identified(store)
    except PlannerError as error:
        page = _login_page if error.code in _ASK_TO_LOG_IN else _refusal
        page(error)
        return st.stop()


def require(role: Role, action: str) -> User:
    """Return who is here, if they have ``role`` or more at this very moment.

    For the top of each view and before each deed, also in a callback or a part of a page that is
    drawn by itself: a role that was taken meanwhile counts at once.

    Parameters
    ----------
    role
        The least role that may.
    action
        The thing asked for, in words for the message, e.g. ``save a plan``.

    Raises
    ------
    StoreError
        ``ST-ACCESS`` if the role is too low.
    PlannerError
        ``UI-LOGIN`` if nobody has logged in, ``UI-LOGIN-OLD``, ``UI-ROLE``, ``AC-EMAIL``.
    """
    store = st.session_state.get(_STORE)
    if not isinstance(store, Store):
        raise _not_logged_in()
    user = _identified(store)
    store.context.access.require(user, role, action)
    return user


def login_is_on() -> bool:
    """Return whether people log in here."""
    return bool(os.environ.get(AUTH_VARIABLE))


def account(user: User) -> None:
    """Show who is here with which role, and the way out."""
    st.caption(f"{plain(user.name)} · {role_label(user.role)}")
    if login_is_on():
        _logout_button()


def role_label(role: Role) -> str:
    """Return a role in the language of the interface."""
    labels = {Role.VIEWER: _("viewer"), Role.PLANNER: _("planner"), Role.ADMIN: _("admin")}
    return labels[role]


def _identified(store: Store) -> User:
    if not login_is_on():
        return _local_user()
    base = st.get_option("server.baseUrlPath")
    _seed(store, str(store.context.path), os.environ[AUTH_VARIABLE], base)
    claims = st.user.to_dict()
    if claims.get("is_logged_in") is not True:
        raise _not_logged_in()
    if _is_old(claims, store.context.clock()):
        raise PlannerError(
            "UI-LOGIN-OLD",
            _("your login is more than {hours} hours old").format(
                hours=int(LOGIN_LASTS.total_seconds()) // 3600
            ),
            _("log in again"),
        )
    name = person_of(claims)
    role = store.people.role_of(name)
    if role is None:
        raise PlannerError(
            "UI-ROLE",
            _("{name} has no role in this dashboard").format(name=name),
            _("ask an admin of the mission to add this name to the people, then reload the page"),
        )
    return LoggedIn(name, role, store.people.role_of)


def _local_user() -> User:
    # Whoever starts the program past 'mission-planner dashboard' gets Streamlit's own address,
    # which is every one the machine has.
    if st.context.headers.get("Host") and not is_loopback(st.get_option("server.address") or ""):
        raise PlannerError(
            "UI-ADDRESS",
            _("the dashboard listens for other machines and has no login"),
            _("start it with: mission-planner dashboard DIR"),
        )
    return User(os.environ.get(USER_VARIABLE, "").strip() or _account_name(), Role.ADMIN)


def _account_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name, as in some containers
        return _("local user")


def _is_old(claims: Mapping[str, object], now: datetime) -> bool:
    issued_s = claims.get("iat")
    if isinstance(issued_s, bool) or not isinstance(issued_s, int | float):
        return True
    return now.timestamp() - issued_s > LOGIN_LASTS.total_seconds()


def _not_logged_in() -> PlannerError:
    return PlannerError("UI-LOGIN", _("nobody has logged in"), _("log in"))


# Once for each start of the server: whoever is removed later is not brought back.
@st.cache_resource(show_spinner=False)
def _seed(_store: Store, store_path: str, auth_file: str, base_url_path: str) -> None:  # noqa: ARG001 - the key
    _store.people.seed(load_auth(Path(auth_file), base_url_path).admins)


def _login_page(error: PlannerError) -> None:
    st.title(_("Mission planner"))
    if error.code == "UI-LOGIN-OLD":
        st.info(plain(error.message))
    st.markdown(_("Only people whom an admin of the mission has added can see it."))
    st.button(_("Log in"), on_click=st.login, type="primary", icon=":material/login:")


def _refusal(error: PlannerError) -> None:
    st.title(_("No access"))
    with boundary():
        _tell(error)
    if login_is_on():
        _logout_button()


def _tell(error: PlannerError) -> None:
    raise error


def _logout_button() -> None:
    st.button(_("Log out"), on_click=st.logout, icon=":material/logout:")
