"""Arguments: pairs of a JSON Schema and a JSON text. Fails unless each schema is valid and its text fits."""

import json
import sys

from jsonschema.validators import validator_for

failed = False
for schema_file, text_file in zip(sys.argv[1::2], sys.argv[2::2]):
    with open(schema_file, encoding="utf-8") as file:
        schema = json.load(file)
    validator = validator_for(schema)
    validator.check_schema(schema)
    with open(text_file, encoding="utf-8") as file:
        text = json.load(file)
    for error in validator(schema, format_checker=validator.FORMAT_CHECKER).iter_errors(text):
        print(f"{text_file}: {error.json_path}: {error.message}")
        failed = True
sys.exit(failed)
