"""The peer for extraction: trafilatura with its defaults. Reads a JSON list of [file, address] from the standard input, the
files being gzipped HTML; writes its version and the text of each page."""

import gzip
import importlib.metadata
import json
import sys

import trafilatura


def text(file, url):
    page = gzip.open(file, "rt", encoding="utf-8", errors="replace").read()
    try:
        return trafilatura.extract(page, url=url) or ""
    except Exception:
        return ""


texts = [text(file, url) for file, url in json.load(sys.stdin)]
json.dump({"name": "trafilatura " + importlib.metadata.version("trafilatura"), "texts": texts}, sys.stdout)
