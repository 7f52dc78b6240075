"""Remembered results: found again, never wrong, never more than there is room for."""

from pathlib import Path

from planner.remember.cache import Cache


def test_what_was_put_is_found_and_counted():
    cache = Cache()
    assert cache.get("areas", "k") is None
    cache.put("areas", "k", "Қазақстан")
    assert cache.get("areas", "k") == "Қазақстан"
    assert cache.get("days", "k") is None
    assert (dict(cache.hits), dict(cache.misses)) == ({"areas": 1}, {"areas": 1, "days": 1})


def test_a_folder_outlives_the_process_and_is_shared(tmp_path: Path):
    Cache(tmp_path).put("areas", "abc", "x")
    assert Cache(tmp_path).get("areas", "abc") == "x"


def test_a_damaged_entry_counts_as_not_there(tmp_path: Path):
    Cache(tmp_path).put("areas", "abc", "x" * 1000)
    path = tmp_path / "areas" / "ab" / "abc"
    path.write_bytes(path.read_bytes()[:7])
    cache = Cache(tmp_path)
    assert cache.get("areas", "abc") is None
    cache.put("areas", "abc", "y")
    assert Cache(tmp_path).get("areas", "abc") == "y"


def test_the_oldest_go_when_memory_is_full():
    cache = Cache(memory_bytes=40)
    for name in "abcdef":
        cache.put("k", name, name)
    assert cache.get("k", "a") is None
    assert cache.get("k", "f") == "f"
    cache.put("k", "big", "".join(map(chr, range(32, 1000))))
    assert cache.get("k", "big") is None
    assert cache.get("k", "f") == "f"


def test_the_folder_keeps_to_its_size(tmp_path: Path):
    cache = Cache(tmp_path, memory_bytes=0, disk_bytes=3_000)
    for number in range(400):
        cache.put("k", f"{number:04d}", str(number))
    size = sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file())
    assert size <= 3_000
    assert cache.get("k", "0399") == "399"
    assert cache.get("k", "0000") is None


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path):
    path = tmp_path / "file"
    path.write_text("no folder", encoding="utf-8")
    cache = Cache(path)
    cache.put("k", "a", "x")
    assert cache.get("k", "a") == "x"
    assert not list(tmp_path.glob(".*"))
