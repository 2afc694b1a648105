"""Roots and proofs: against published vectors, and against a plain recursive tree."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.ledger import plain_tree
from whence.errors import FormatError
from whence.ledger.frontier import Frontier
from whence.ledger.hashing import leaf_hash
from whence.ledger.paths import tile_path, tiles_of
from whence.ledger.proofs import grew_from, holds, root_from_inclusion
from whence.ledger.tree import Tree

# The leaves and roots that implementations of RFC 6962 and 9162 share as test vectors.
LEAVES = [
    bytes.fromhex(one)
    for one in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def numbered(size: int) -> list[bytes]:
    return [b"entry %d" % index for index in range(size)]


def tiles(entries: list[bytes]) -> dict[str, bytes]:
    """Cut the tree's tiles straight from their definition: hashes over 256 ** level entries each."""
    files = {}
    for level, index, width in tiles_of(len(entries)):
        span = 256**level
        files[tile_path(level, index, width)] = b"".join(
            plain_tree.root(entries[(index * 256 + at) * span : (index * 256 + at + 1) * span]) for at in range(width)
        )
    return files


@pytest.fixture(scope="module")
def large() -> tuple[list[bytes], Tree]:
    entries = numbered(70_000)
    return entries, Tree(len(entries), tiles(entries).get)


@pytest.mark.parametrize("size", range(9))
def test_published_roots(size: int) -> None:
    frontier = Frontier()
    for leaf in LEAVES[:size]:
        frontier.add(leaf_hash(leaf))
    assert frontier.root().hex() == ROOTS[size]
    assert Tree(size, tiles(LEAVES[:size]).get).root().hex() == ROOTS[size]


@settings(max_examples=40, deadline=None)
@given(size=st.integers(1, 700), data=st.data())
def test_proofs_equal_the_plain_trees(size: int, data: st.DataObject) -> None:
    entries = numbered(size)
    tree = Tree(size, tiles(entries).get)
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))
    inclusion = tree.inclusion(index)
    assert tree.root() == plain_tree.root(entries)
    assert inclusion == plain_tree.path(index, entries)
    assert tree.consistency(old) == plain_tree.proof(old, entries)
    assert plain_tree.root_by_path(entries[index], index, size, inclusion) == tree.root()


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_proofs_of_large_trees_hold_and_agree_with_the_second_implementation(
    large: tuple[list[bytes], Tree], data: st.DataObject
) -> None:
    entries, tree = large
    size = data.draw(st.integers(1, 70_000))
    old = data.draw(st.integers(0, size))
    index = data.draw(st.integers(0, size - 1))
    root, proof = tree.root(size), tree.inclusion(index, size)
    assert holds(root, size, entries[index], index, proof)
    assert plain_tree.root_by_path(entries[index], index, size, proof) == root
    assert grew_from(tree.root(old), old, root, size, tree.consistency(old, size))


@settings(max_examples=60, deadline=None)
@given(size=st.integers(2, 300), data=st.data())
def test_a_proof_of_something_else_does_not_hold(size: int, data: st.DataObject) -> None:
    entries = numbered(size)
    tree = Tree(size, tiles(entries).get)
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda one: one != index))
    proof = tree.inclusion(index)
    assert not holds(tree.root(), size, entries[other], index, proof)
    assert not holds(tree.root(), size, entries[index], other, proof)
    assert not holds(tree.root(), size, entries[index], index, proof[:-1])
    assert not holds(tree.root(), size, entries[index], index, [*proof, bytes(32)])
    assert root_from_inclusion(entries[index], index, size, [b"short"]) is None
    assert root_from_inclusion(entries[index], size, size, proof) is None


@settings(max_examples=60, deadline=None)
@given(size=st.integers(2, 300), data=st.data())
def test_a_tree_that_did_not_grow_from_another_is_caught(size: int, data: st.DataObject) -> None:
    entries = numbered(size)
    old = data.draw(st.integers(1, size - 1))
    changed = data.draw(st.integers(0, old - 1))
    before = numbered(old)
    before[changed] = b"something else"
    tree = Tree(size, tiles(entries).get)
    proof = tree.consistency(old)
    assert not grew_from(plain_tree.root(before), old, tree.root(), size, proof)
    assert not grew_from(tree.root(old), old, tree.root(), size, [*proof, bytes(32)])
    assert not grew_from(tree.root(old), old, tree.root(), size, proof[:-1])
    assert not grew_from(tree.root(old), size + 1, tree.root(), size, proof)
    assert not grew_from(tree.root(), size, tree.root(old), size, [])


def test_a_size_of_seventy_thousand_has_the_tiles_that_the_specification_counts() -> None:
    counted = [(level, width == 256) for level, _, width in tiles_of(70_000)]
    assert counted.count((0, True)) == 273
    assert [(level, width) for level, _, width in tiles_of(70_000) if width < 256] == [(0, 112), (1, 17), (2, 1)]
    assert [width for level, _, width in tiles_of(256)] == [256, 1]


def test_the_path_of_the_specification() -> None:
    assert tile_path(0, 1_234_067) == "tile/0/x001/x234/067"
    assert tile_path(3, 7, 9) == "tile/3/007.p/9"


@pytest.mark.parametrize(("level", "index", "width"), [(64, 0, 1), (-1, 0, 1), (0, -1, 1), (0, 0, 0), (0, 0, 257)])
def test_paths_out_of_range_are_refused(level: int, index: int, width: int) -> None:
    with pytest.raises(ValueError, match="not"):
        tile_path(level, index, width)


def test_a_missing_tile_and_a_short_one_are_named() -> None:
    files = tiles(numbered(300))
    with pytest.raises(FormatError, match=r"lacks tile/0/000"):
        Tree(300, {path: data for path, data in files.items() if path != "tile/0/000"}.get).root(200)
    with pytest.raises(FormatError, match=r"tile/0/000 must have 8192 bytes"):
        Tree(300, (files | {"tile/0/000": b"x" * 31}).get).root(200)


def test_a_partial_tile_may_be_gone_once_the_full_one_is_there() -> None:
    entries = numbered(256)
    files = tiles(entries)
    assert Tree(100, files.get).root() == plain_tree.root(entries[:100])


def test_proofs_out_of_range_are_refused() -> None:
    tree = Tree(3, tiles(numbered(3)).get)
    for call in (
        lambda: tree.inclusion(3),
        lambda: tree.consistency(4),
        lambda: tree.root(4),
        lambda: Tree(-1, {}.get),
    ):
        with pytest.raises(ValueError, match="not"):
            call()
