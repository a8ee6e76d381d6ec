"""What is sealed opens with its key and whole, or not at all."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorship.upkeep.backups import sealing
from mentorship.upkeep.backups.sealing import BadKey, Damaged, Key, Sealer, Unsealer, load_key, new_key

KEY = Key(bytes(range(32)))


@pytest.fixture
def small_pieces(monkeypatch):
    monkeypatch.setattr(sealing, "PIECE", 16)


def seal(content, *, key=KEY, label="x"):
    target = io.BytesIO()
    with Sealer(target, key, label) as sealer:
        sealer.write(content)
    return target.getvalue()


def unseal(sealed, *, key=KEY, label="x"):
    with io.BufferedReader(Unsealer(io.BytesIO(sealed), key, label)) as source:
        return source.read()


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 32, 33, 100])
def test_what_was_sealed_comes_out_again(size):
    assert unseal(seal(b"a" * size)) == b"a" * size


@settings(max_examples=30)
@given(st.lists(st.binary(max_size=3000), max_size=8))
def test_however_it_is_written(parts):
    target = io.BytesIO()
    with Sealer(target, KEY, "x") as sealer:
        for part in parts:
            sealer.write(part)
    assert unseal(target.getvalue()) == b"".join(parts)


def test_nothing_of_it_is_readable_and_no_two_are_alike():
    first, second = seal(b"secret words " * 9), seal(b"secret words " * 9)
    assert b"secret" not in first
    assert first != second


@pytest.mark.usefixtures("small_pieces")
def test_a_single_changed_byte_anywhere_is_found():
    sealed = seal(b"0123456789" * 5)
    for position in range(len(sealed)):
        broken = bytearray(sealed)
        broken[position] ^= 1
        with pytest.raises((Damaged, BadKey)):
            unseal(bytes(broken))


@pytest.mark.usefixtures("small_pieces")
def test_what_was_cut_off_is_found_even_between_pieces():
    sealed = seal(b"0123456789" * 5)
    for length in range(len(sealed)):
        with pytest.raises(Damaged):
            unseal(sealed[:length])


@pytest.mark.usefixtures("small_pieces")
def test_pieces_in_another_order_are_found():
    sealed = seal(b"a" * 16 + b"b" * 16 + b"c" * 16)
    head = len(sealing.MAGIC) + sealing.MARK + sealing.SALT
    step = 16 + sealing.TAG
    first, second, third = (sealed[head + step * n : head + step * (n + 1)] for n in range(3))
    assert unseal(sealed[:head] + first + second + third) == b"a" * 16 + b"b" * 16 + b"c" * 16
    with pytest.raises(Damaged):
        unseal(sealed[:head] + second + first + third)


def test_a_file_in_the_place_of_another_is_found():
    with pytest.raises(Damaged):
        unseal(seal(b"words", label="media 1"), label="media 2")


def test_another_key_is_told_apart_from_damage():
    with pytest.raises(BadKey, match="does not belong"):
        unseal(seal(b"words"), key=Key(bytes(32)))
    with pytest.raises(BadKey, match="name its key file"):
        unseal(seal(b"words"), key=None)


def test_a_new_key_is_read_back_is_private_and_is_never_written_over(tmp_path):
    path = tmp_path / "key"
    new_key(path)
    assert len(load_key(path).secret) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        new_key(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"short", b"AAAA", "钥匙".encode(), b"\xff\xfe"])
def test_what_is_no_key_is_refused_with_words(tmp_path, content):
    path = tmp_path / "key"
    path.write_bytes(content)
    with pytest.raises(BadKey):
        load_key(path)


def test_a_key_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(BadKey, match="can't be read"):
        load_key(tmp_path / "none")


def test_names_tell_nothing_without_the_key():
    digest = "ab" * 32
    assert KEY.name_of(digest) == KEY.name_of(digest)
    assert digest not in KEY.name_of(digest)
    assert KEY.name_of(digest) != Key(bytes(32)).name_of(digest)
