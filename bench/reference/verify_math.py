"""Compares the cases of the mathematics tests with Math-Verify: prints where it judges otherwise, then how often.

Usage: python verify_math.py src/test/resources/io/jenkins/plugins/cascade/verify/math-cases.jsonl   (package: math-verify)
The differences are meant: the tests want units, tuples, unsolved equations and unworked sums judged more strictly, and
equal sets, inequalities and intervals more generously.
"""

import json
import sys

from math_verify import parse, verify

agreed, different = 0, 0
for line in open(sys.argv[1], encoding="utf-8"):
    case = json.loads(line)
    gold = parse("$" + case["gold"] + "$")
    theirs = bool(verify(gold, parse(case["response"].rsplit("</think>", 1)[-1])))
    if theirs == case["right"]:
        agreed += 1
    else:
        different += 1
        print("ours", case["right"], "theirs", theirs, "gold", case["gold"], "response", case["response"])
print(agreed, "agree,", different, "differ")
