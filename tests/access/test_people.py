"""Names of people, and roles in the store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.access.people import person_name, person_of
from planner.errors import PlannerError
from planner.store.access import LoggedIn, Role, User
from planner.store.errors import StoreError
from planner.store.open import Store
from planner.store.people import AUTH_FILE, STORE_WIDE
from tests.store.made import ADMIN, PLANNER, VIEWER, opened

KELVIN = "\u212a"
CHIEF = "chief@example.org"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = opened(tmp_path / "store.db")
    yield found
    found.close()


def test_address_has_one_spelling() -> None:
    assert person_name("  Chief@Example.ORG ") == CHIEF


def test_letter_that_only_looks_alike_is_another_person() -> None:
    assert person_name(f"{KELVIN}im@example.org") != person_name("kim@example.org")


def test_id_of_the_login_service_keeps_its_letters() -> None:
    assert person_name("sub:aB-1") == "sub:aB-1"


@pytest.mark.parametrize(
    "text",
    ["", "chief", "@", "a@", "@b", "a@b@c", "sub:", "a b@c.org", "a\u200b@c.org", "a@b\n.org",
     "a" * 200 + "@c.org"],
)  # fmt: skip
def test_what_names_nobody_is_refused(text: str) -> None:
    with pytest.raises(PlannerError) as caught:
        person_name(text)
    assert caught.value.code == "AC-PERSON"


def test_verified_address_names_the_person() -> None:
    claims = {"email": "Chief@example.org", "email_verified": True, "sub": "1"}
    assert person_of(claims) == CHIEF
    assert person_of(claims | {"email_verified": "true"}) == CHIEF


@pytest.mark.parametrize("verified", [False, "false", None, 0, ""])
def test_unverified_address_is_refused_and_not_passed_over(verified: object) -> None:
    with pytest.raises(PlannerError) as caught:
        person_of({"email": CHIEF, "email_verified": verified, "sub": "1"})
    assert caught.value.code == "AC-EMAIL"


def test_service_that_does_not_speak_of_verifying_is_trusted() -> None:
    assert person_of({"email": CHIEF}) == CHIEF


def test_person_without_address_is_named_by_the_id_and_never_like_an_address() -> None:
    with pytest.raises(PlannerError):
        person_of({})
    assert person_of({"sub": "Ab1"}) == "sub:Ab1"
    assert person_of({"sub": CHIEF}) == f"sub:{CHIEF}"


def test_person_is_added_changed_and_removed_and_all_of_it_is_audited(store: Store) -> None:
    store.people.add(ADMIN, CHIEF, Role.ADMIN)
    added = store.people.add(ADMIN, "Vic@example.org", Role.VIEWER)
    assert (added.name, added.added_by) == ("vic@example.org", ADMIN.name)
    changed = store.people.change(ADMIN, added.name, Role.PLANNER, expected_version=added.version)
    assert store.people.role_of(added.name) is Role.PLANNER
    store.people.remove(ADMIN, added.name, expected_version=changed.version)
    assert store.people.role_of(added.name) is None
    assert [person.name for person in store.people.all(ADMIN)] == [CHIEF]
    deeds = [(e.action, e.subject, e.detail) for e in store.audit.entries(ADMIN, STORE_WIDE)]
    assert deeds == [
        ("person.remove", added.name, "planner"),
        ("person.change", added.name, "planner"),
        ("person.add", added.name, "viewer"),
        ("person.add", CHIEF, "admin"),
    ]


def test_unknown_person_has_no_role(store: Store) -> None:
    assert store.people.role_of("stranger@example.org") is None


@pytest.mark.parametrize("user", [VIEWER, PLANNER])
def test_only_admins_give_and_take_roles(store: Store, user: User) -> None:
    there = store.people.add(ADMIN, CHIEF, Role.ADMIN)
    for deed in (
        lambda: store.people.all(user),
        lambda: store.people.add(user, "new@example.org", Role.VIEWER),
        lambda: store.people.change(user, CHIEF, Role.VIEWER, expected_version=there.version),
        lambda: store.people.remove(user, CHIEF, expected_version=there.version),
    ):
        with pytest.raises(StoreError) as caught:
            deed()
        assert caught.value.code == "ST-ACCESS"
    assert store.people.role_of(CHIEF) is Role.ADMIN


def test_last_admin_stays(store: Store) -> None:
    first = store.people.add(ADMIN, CHIEF, Role.ADMIN)
    for deed in (
        lambda: store.people.remove(ADMIN, CHIEF, expected_version=first.version),
        lambda: store.people.change(ADMIN, CHIEF, Role.PLANNER, expected_version=first.version),
    ):
        with pytest.raises(StoreError) as caught:
            deed()
        assert caught.value.code == "ST-LAST"
    store.people.add(ADMIN, "second@example.org", Role.ADMIN)
    store.people.remove(ADMIN, CHIEF, expected_version=first.version)
    assert store.people.role_of(CHIEF) is None


def test_person_changed_meanwhile_is_not_overwritten(store: Store) -> None:
    store.people.add(ADMIN, CHIEF, Role.ADMIN)
    seen = store.people.add(ADMIN, "vic@example.org", Role.VIEWER)
    store.people.change(ADMIN, seen.name, Role.PLANNER, expected_version=seen.version)
    with pytest.raises(StoreError) as caught:
        store.people.remove(ADMIN, seen.name, expected_version=seen.version)
    assert caught.value.code == "ST-CHANGED"
    assert store.people.role_of(seen.name) is Role.PLANNER


def test_nobody_is_added_twice_and_nobody_unknown_is_changed(store: Store) -> None:
    there = store.people.add(ADMIN, CHIEF, Role.ADMIN)
    with pytest.raises(StoreError) as twice:
        store.people.add(ADMIN, CHIEF.upper(), Role.VIEWER)
    assert twice.value.code == "ST-EXISTS"
    with pytest.raises(StoreError) as nobody:
        store.people.remove(ADMIN, "who@example.org", expected_version=there.version)
    assert nobody.value.code == "ST-UNKNOWN"


def test_removed_person_comes_back_only_by_an_admin(store: Store) -> None:
    assert store.people.seed([CHIEF, "Second@example.org"]) == (CHIEF, "second@example.org")
    seeded = {person.name: person for person in store.people.all(ADMIN)}
    assert seeded[CHIEF].added_by == AUTH_FILE
    store.people.remove(ADMIN, CHIEF, expected_version=seeded[CHIEF].version)
    assert store.people.seed([CHIEF, "second@example.org"]) == ()
    assert store.people.role_of(CHIEF) is None
    again = store.people.add(ADMIN, CHIEF, Role.VIEWER)
    assert again.version > seeded[CHIEF].version
    assert store.people.seed([CHIEF]) == ()
    assert store.people.role_of(CHIEF) is Role.VIEWER


def test_user_of_an_old_page_has_the_role_of_today(store: Store) -> None:
    store.people.add(ADMIN, CHIEF, Role.ADMIN)
    there = store.people.add(ADMIN, "pia@example.org", Role.PLANNER)
    old = LoggedIn(there.name, there.role, store.people.role_of)
    assert store.missions.all(old)
    store.context.access.require(old, Role.PLANNER, "save a plan")
    there = store.people.change(ADMIN, there.name, Role.VIEWER, expected_version=there.version)
    with pytest.raises(StoreError) as lowered:
        store.context.access.require(old, Role.PLANNER, "save a plan")
    assert lowered.value.code == "ST-ACCESS"
    assert "is viewer" in lowered.value.message
    store.people.remove(ADMIN, there.name, expected_version=there.version)
    with pytest.raises(StoreError) as removed:
        store.missions.all(old)
    assert "without a role" in removed.value.message
