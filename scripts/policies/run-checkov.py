"""checkov over synthesized Terraform JSON, with what its reader of that format leaves out.

Its reader gives up on the blocks `terraform` and `output`, and passes policies on as text, which most of its checks of
policies then take for harmless. Here it reads resources and data only, and policies as what they say.
Usage: run-checkov.py FOLDER (as `checkov`, with JSON on the standard output)
"""

import json
import re
import sys

from checkov.main import Checkov
from checkov.terraform_json import parser

READ_BLOCKS = ("resource", "data", "provider")
EXPRESSION = re.compile(r"\$\{[^}]*\}")

prepare = parser.prepare_definition
clean = parser._clean_simple_type_list


def prepare_resources(definition):
    return prepare({name: block for name, block in definition.items() if name in READ_BLOCKS})


def clean_with_policies(values):
    return clean([policy_of(value) for value in values])


def policy_of(value):
    """The policy that a text is, with each expression in it as an ARN that is the same everywhere; else the text."""
    if not (isinstance(value, str) and value.startswith('{"Version"')):
        return value
    return json.loads(EXPRESSION.sub("arn:aws:service:eu-central-1:123456789012:name", value))


parser.prepare_definition = prepare_resources
parser._clean_simple_type_list = clean_with_policies

if __name__ == "__main__":
    folder = sys.argv[1]
    arguments = ["--directory", folder, "--framework", "terraform_json", "--skip-download"]
    sys.exit(Checkov([*arguments, "--compact", "--quiet", "--output", "json", "--soft-fail"]).run())
