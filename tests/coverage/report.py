"""What gcov counted in server/tally, judged: prints lines and branches of each file, every
branch that no test took, and ends with 1 unless tests/coverage/tally.txt names them all.

report.py BUILD-FOLDER SOURCE-FOLDER LIST"""

import collections
import json
import pathlib
import re
import subprocess
import sys

# Left out as classes: assertions that stop the program; and one arm of a switch over an
# enum, since all name every value, and only a value outside the enum would take it.
ASSERTION = re.compile(r"(rows_)?expect\(|__builtin_trap\(\)")
SWITCH = re.compile(r"switch \(")


def gcov(data):
    run = subprocess.run(
        ["gcov", "--json-format", "--stdout", "--branch-probabilities", str(data)],
        capture_output=True, check=True, text=True, cwd=data.parent)
    return [json.loads(line) for line in run.stdout.splitlines() if line]


def collect(build, folder):
    """{file: {line: [count, function, [branch counts]]}}; a header's lines of all files
    that include it are one."""
    files = collections.defaultdict(dict)
    for data in sorted((build / "CMakeFiles/stimmwerk_tally.dir").rglob("*.gcno")):
        for report in gcov(data):
            for file in report["files"]:
                path = pathlib.Path(file["file"])
                if path.parent.resolve() == folder:
                    add(files[path.name], file["lines"])
    return files


def add(lines, found):
    for line in found:
        branches = [branch["count"] for branch in line["branches"]]
        old = lines.setdefault(
            line["line_number"], [0, line.get("function_name"), [0] * len(branches)])
        old[0] += line["count"]
        if len(old[2]) != len(branches):
            sys.exit(f"gcov counts the branches of line {line['line_number']} twice")
        old[2] = [a + b for a, b in zip(old[2], branches)]


def read_list(path):
    """{(file, function, condition): branches}"""
    known = {}
    for line in path.read_text().splitlines():
        if not line or line.startswith(("#", " ")):
            continue
        match = re.fullmatch(r"(\S+):(\w+): (\d+) of `(.+)`", line)
        if match is None:
            sys.exit(f"{path}: can't be read: {line}")
        known[match[1], match[2], match[4]] = int(match[3])
    return known


def percent(part, whole):
    return f"{part}/{whole} ({100 * part / whole if whole else 100:.2f} %)"


def main():
    build, folder, path = (pathlib.Path(arg).resolve() for arg in sys.argv[1:])
    known = read_list(path)
    total = [0, 0, 0, 0]
    missed = collections.Counter()
    places = []
    for name, lines in sorted(collect(build, folder).items()):
        text = (folder / name).read_text().splitlines()
        numbers = [0, 0, 0, 0]
        called = {function for count, function, _ in lines.values() if count > 0}
        for function in {line[1] for line in lines.values()} - called:
            missed[name, function, "never called"] = 1
        for at, (count, function, branches) in sorted(lines.items()):
            source = text[at - 1].strip()
            numbers[0] += count > 0
            numbers[1] += 1
            if ASSERTION.match(source) or function == "expect":
                continue
            if SWITCH.match(source) and 0 in branches:
                branches.remove(0)
            numbers[2] += sum(branch > 0 for branch in branches)
            numbers[3] += len(branches)
            lost = sum(branch == 0 for branch in branches)
            if count == 0 and not branches:
                places.append(f"{name}:{at}: {function}: never: {source}")
            if lost:
                key = (name, function, source)
                missed[key] += lost
                word = "known" if key in known else "NOT LISTED"
                places.append(
                    f"{name}:{at}: {function}: {lost} of {len(branches)}, {word}: {source}")
        print(f"{name:24} lines {percent(*numbers[:2]):>20} "
              f"branches {percent(*numbers[2:]):>20}")
        total = [a + b for a, b in zip(total, numbers)]
    print("\n".join(places))
    print(f"{'all':24} lines {percent(*total[:2])} branches {percent(*total[2:])}")
    wrong = [f"{k[0]}:{k[1]}: {n} of `{k[2]}` is not listed so"
             for k, n in missed.items() if known.get(k) != n]
    wrong += [f"{k[0]}:{k[1]}: `{k[2]}` is listed, but covered or gone"
              for k in known if k not in missed]
    print("\n".join(wrong))
    return 1 if wrong else 0


sys.exit(main())
