"""Loads the manifest on standard input with the reference library and complains about every key it does not know."""
import json
import sys

from fideslang.default_taxonomy import DEFAULT_TAXONOMY
from fideslang.models import Taxonomy

manifest = Taxonomy(**json.load(sys.stdin))
known = {
    "category": {entry.fides_key for entry in DEFAULT_TAXONOMY.data_category},
    "use": {entry.fides_key for entry in DEFAULT_TAXONOMY.data_use},
    "subject": {entry.fides_key for entry in DEFAULT_TAXONOMY.data_subject},
}
unknown = set()
fields = 0
for dataset in manifest.dataset:
    for collection in dataset.collections:
        for field in collection.fields:
            fields += 1
            unknown |= {("category", key) for key in field.data_categories or []} - {("category", key) for key in known["category"]}
            unknown |= {("subject", key) for key in field.data_subjects or []} - {("subject", key) for key in known["subject"]}
for system in manifest.system:
    for one in system.privacy_declarations:
        unknown |= {("use", one.data_use)} - {("use", key) for key in known["use"]}
        unknown |= {("category", key) for key in one.data_categories} - {("category", key) for key in known["category"]}
        if one.data_use.startswith(("train_ai_system", "marketing.advertising", "third_party_sharing")):
            sys.exit(f"excluded use: {one.data_use}")
if unknown:
    sys.exit(f"not in the default taxonomy: {sorted(unknown)}")
print(fields)
