"""Folders of images: read as they are, refused with the file and the reason when damaged."""

import gzip
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.messages import LANGUAGES, say
from tutor.training import idx
from tutor.training.idx import IdxError, read

IMAGES = np.arange(5 * 3 * 4, dtype=np.uint8).reshape(5, 3, 4)
LABELS = np.array([0, 9, 4, 4, 1], dtype=np.uint8)
NAMES = ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")


def written(array):
    header = bytes((0, 0, 8, array.ndim))
    return header + b"".join(size.to_bytes(4) for size in array.shape) + array.tobytes()


@pytest.fixture
def folder(tmp_path):
    for name in NAMES:
        array = IMAGES if "images" in name else LABELS
        (tmp_path / f"{name}-ubyte").write_bytes(written(array))
    return tmp_path


def refused(folder, code):
    """Why a folder is refused; the sentence must be whole in every language."""
    with pytest.raises(IdxError) as caught:
        read(folder)
    error = caught.value
    assert error.code == code, error
    assert all(say(code, language, **error.details) for language in LANGUAGES)
    return error.details


def test_a_folder_is_read(folder):
    held = read(folder)
    for part in held:
        assert np.array_equal(part.images, IMAGES) and np.array_equal(part.labels, LABELS)


@pytest.mark.parametrize("ending", ["-ubyte", ".idx"])
@pytest.mark.parametrize("packed", [False, True])
def test_every_usual_spelling_is_found(folder, ending, packed):
    for name in NAMES:
        old = folder / f"{name}-ubyte"
        new = f"{name}-ubyte" if ending == "-ubyte" else f"{name.replace('-idx', '.idx')}-ubyte"
        data = old.read_bytes()
        old.unlink()
        (folder / (new + ".gz" * packed)).write_bytes(gzip.compress(data) if packed else data)
    assert np.array_equal(read(folder).test.labels, LABELS)


def test_a_folder_that_is_none_and_a_file_that_is_missing(folder):
    missing = folder / NAMES[3]
    assert refused(missing, "idx.no-folder")["folder"] == str(missing)
    (folder / f"{NAMES[3]}-ubyte").unlink()
    assert refused(folder, "idx.missing")["file"] == f"{NAMES[3]}-ubyte"


def test_images_and_labels_exchanged(folder):
    labels = folder / f"{NAMES[1]}-ubyte"
    labels.write_bytes((folder / f"{NAMES[0]}-ubyte").read_bytes())
    assert refused(folder, "idx.magic")["found"] == "00 00 08 03"


@pytest.mark.parametrize(
    ("labels", "code"),
    [
        (LABELS[:4], "idx.other-count"),
        (np.array([0, 9, 10, 4, 1], dtype=np.uint8), "idx.label"),
        (LABELS[:0], "idx.empty"),
    ],
)
def test_labels_that_do_not_belong(folder, labels, code):
    (folder / f"{NAMES[1]}-ubyte").write_bytes(written(labels))
    details = refused(folder, code)
    assert details["file"].endswith(f"{NAMES[1]}-ubyte")
    assert details.get("place", 3) == 3


def test_images_of_another_size_and_images_too_large_to_show(folder):
    (folder / f"{NAMES[2]}-ubyte").write_bytes(written(IMAGES.reshape(5, 4, 3)))
    assert refused(folder, "idx.other-size")["found"] == "4 x 3"
    (folder / f"{NAMES[2]}-ubyte").write_bytes(written(np.zeros((5, 65, 1), np.uint8)))
    assert refused(folder, "idx.side")["found"] == "65 x 1"


def test_images_that_a_model_does_not_take(folder):
    with pytest.raises(IdxError) as caught:
        read(folder, side=28)
    assert caught.value.code == "idx.needs-side"
    assert "3 x 4" in say("idx.needs-side", "zh", **caught.value.details)


@pytest.mark.parametrize("packed", [False, True])
def test_a_header_that_promises_more_than_there_is_makes_nothing_large(folder, packed, monkeypatch):
    file = folder / f"{NAMES[0]}-ubyte"
    monkeypatch.setattr(np, "empty", None)
    monkeypatch.setattr(np, "zeros", None)
    for count, code in ((2**31, "idx.too-large"), (2**17, "idx.truncated")):
        data = written(IMAGES)[:4] + b"".join(n.to_bytes(4) for n in (count, 28, 28)) + b"1234"
        file.unlink(missing_ok=True)
        file.with_name(file.name + ".gz" * packed).write_bytes(
            gzip.compress(data) if packed else data
        )
        refused(folder, code)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2**20 * 10


def test_a_name_that_lies_about_its_packing(folder):
    file = folder / f"{NAMES[0]}-ubyte"
    packed = file.rename(f"{file}.gz")
    assert refused(folder, "idx.not-packed")["file"] == str(packed)
    data = bytearray(gzip.compress(packed.read_bytes()))
    data[-6] ^= 255  # its checksum
    packed.write_bytes(data)
    refused(folder, "idx.broken-packing")


def test_a_file_that_goes_on(folder):
    with (folder / f"{NAMES[0]}-ubyte").open("ab") as file:
        file.write(b"x")
    assert refused(folder, "idx.too-long")["expected"] == IMAGES.size


def test_a_file_that_may_not_be_read(folder, monkeypatch):
    def refuse(*arguments, **words):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    assert refused(folder, "idx.unreadable")["reason"] == "Permission denied"


@pytest.fixture(scope="module")
def damaged(tmp_path_factory):
    folder = tmp_path_factory.mktemp("damaged")
    for name in NAMES:
        array = IMAGES if "images" in name else LABELS
        (folder / f"{name}-ubyte.gz").write_bytes(gzip.compress(written(array), mtime=0))
    return folder


@given(name=st.sampled_from(NAMES), packed=st.booleans(), share=st.floats(0, 1, exclude_max=True))
def test_whatever_is_cut_off_is_noticed(damaged, name, packed, share):
    whole = damaged / f"{name}-ubyte.gz"
    before = whole.read_bytes()
    file, data = (whole, before) if packed else (damaged / f"{name}-ubyte", gzip.decompress(before))
    try:
        file.write_bytes(data[: int(len(data) * share)])
        with pytest.raises(IdxError) as caught:
            read(damaged)
        assert caught.value.details["file"] == str(file)
    finally:
        file.unlink()
        whole.write_bytes(before)


@given(name=st.sampled_from(NAMES), place=st.integers(0, 15), byte=st.integers(0, 255))
def test_a_changed_header_is_noticed_or_changes_nothing(damaged, name, place, byte):
    data = bytearray(gzip.decompress((damaged / f"{name}-ubyte.gz").read_bytes()))
    header = 16 if "images" in name else 8
    place %= header
    changed = data[place] != byte
    data[place] = byte
    file = damaged / f"{name}-ubyte"
    file.write_bytes(data)
    try:
        if changed:
            with pytest.raises(IdxError):
                read(damaged)
        else:
            assert idx.read(damaged).train.labels.tolist() == LABELS.tolist()
    finally:
        file.unlink()
