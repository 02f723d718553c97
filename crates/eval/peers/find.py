"""The peer for finding: bm25s with its defaults. Reads {"documents": [text], "queries": [text], "k": number} from the
standard input; writes its version and for each query the numbers of the documents found, best first."""

import importlib.metadata
import json
import sys

import bm25s

asked = json.load(sys.stdin)
index = bm25s.BM25()
index.index(bm25s.tokenize(asked["documents"], stopwords="en", show_progress=False), show_progress=False)
words = bm25s.tokenize(asked["queries"], stopwords="en", show_progress=False)
k = min(asked["k"], len(asked["documents"]))
found, _ = index.retrieve(words, k=k, show_progress=False)
json.dump({"name": "bm25s " + importlib.metadata.version("bm25s"), "found": found.tolist()}, sys.stdout)
