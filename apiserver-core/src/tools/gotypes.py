#!/usr/bin/env python3
# Copyright the apiserver4j authors.
# SPDX-License-Identifier: Apache-2.0
"""Reads the types of Go sources and writes gotypes.json: where a field's Go type is a named scalar, a list or map of such,
or a map with named keys, its name as messages print it (`v1.PullPolicy`). types.json does not tell these names apart from
their base types, and error messages of the decoder quote them.

usage: gotypes.py FACTS FOLDER
FACTS holds types.json: only its types are kept. FOLDER holds checkouts (or archives) of four public repositories: api/, apimachinery/, apiextensions-apiserver/ and
kube-aggregator/. Run by hand when the release changes."""
import json
import os
import re
import sys

PACKAGES = re.compile(r"^(api/[\w.]+/v\w+|apimachinery/pkg/(apis/meta/v1|runtime|runtime/schema|types|util/intstr|api/resource)"
                      r"|apiextensions-apiserver/pkg/apis/apiextensions/v1|kube-aggregator/pkg/apis/apiregistration/v1)$")
SCALARS = {"string", "bool", "int", "int32", "int64", "uint8", "byte", "float64"}
STRUCT = re.compile(r"^type (\w+) struct \{\n(.*?)^\}", re.M | re.S)
NAMED = re.compile(r"^\s*(?:type )?(\w+) (string|bool|int|int32|int64|uint8|byte|float64)$", re.M)
FIELD = re.compile(r"^\t(\w+)\s+(\S+)\s+`[^`]*?json:\"([^\",]*)", re.M)
IMPORT = re.compile(r"^\s*(?:import )?(?:(\w+) )?\"([\w./-]+)\"$", re.M)


def main():
    root = sys.argv[2]
    out = os.path.join(os.path.dirname(os.path.abspath(__file__)), "gotypes.json")
    with open(os.path.join(sys.argv[1], "types.json"), encoding="utf-8") as f:
        wanted = json.load(f)["types"]
    sources = {}
    for folder, _, files in os.walk(root):
        package = os.path.relpath(folder, root).replace(os.sep, "/")
        if PACKAGES.match(package):
            for name in sorted(files):
                if name.endswith(".go") and "_test" not in name and "generated" not in name:
                    with open(os.path.join(folder, name), encoding="utf-8") as f:
                        sources.setdefault(package, []).append(re.sub(r"//.*", "", f.read()))
    named = {}
    for package, texts in sources.items():
        for text in texts:
            for match in NAMED.finditer(text):
                named.setdefault(package, {})[match.group(1)] = match.group(2)
    types = {}
    for package, texts in sorted(sources.items()):
        for text in texts:
            imports = {"": package}
            for match in IMPORT.finditer(text):
                path = match.group(2).replace("k8s.io/", "", 1)
                imports[match.group(1) or path.rsplit("/", 1)[-1]] = path
            for match in STRUCT.finditer(text):
                for field in FIELD.finditer(match.group(2)):
                    printed = go_text(field.group(2), imports, named)
                    if printed and field.group(3) not in ("", "-"):
                        types.setdefault(package + "." + match.group(1), {})[field.group(3)] = printed
    with open(out, "w", encoding="utf-8") as f:
        f.write("{\n")
        f.write(",\n".join(json.dumps(name) + ": " + json.dumps(fields, sort_keys=True)
                           for name, fields in sorted(types.items()) if name in wanted))
        f.write("\n}\n")


def go_text(expression, imports, named):
    """The type as reflection prints it, or None where it has no named scalar in it."""
    expression = expression.lstrip("*")
    found = [False]

    def atom(text):
        alias, _, name = text.rpartition(".")
        package = imports.get(alias, alias)
        if alias == "" and name in SCALARS:
            return {"byte": "uint8"}.get(name, name)
        if name in named.get(package, {}):
            found[0] = True
        return package.rsplit("/", 1)[1] + "." + name if "/" in package else text

    printed = re.sub(r"(?<!\w)(?!map\b)[A-Za-z][\w.]*", lambda m: atom(m.group(0)), expression).replace("*", "")
    return printed if found[0] else None


main()
