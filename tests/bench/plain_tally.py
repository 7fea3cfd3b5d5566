#!/usr/bin/env python3
"""plain_tally.py FILE METHOD: counts a BLT file the straightforward way, with lists and
dictionaries: what somebody writes who needs a result today. Methods: irv, schulze-wv,
copeland. Prints the method and the winners, as bench_tally does."""
import sys
from collections import Counter


def read(path):
    """The names, and the ballots as (weight, ranking)."""
    ballots = []
    with open(path, encoding="utf-8") as file:
        options = int(file.readline().split()[0])
        for line in file:
            tokens = line.split()
            if tokens == ["0"]:
                break
            numbers = [int(token) for token in tokens]
            ballots.append((numbers[0], numbers[1:-1]))
        names = [file.readline().strip().strip('"') for _ in range(options)]
    return names, ballots


def irv(options, ballots):
    """The fewest votes leave until one has more than half; ties: the highest number."""
    left = set(range(1, options + 1))
    while True:
        votes = Counter({option: 0 for option in left})
        for weight, ranking in ballots:
            for option in ranking:
                if option in left:
                    votes[option] += weight
                    break
        best = max(left, key=lambda option: votes[option])
        if 2 * votes[best] > sum(votes.values()) or len(left) == 1:
            return [best]
        left.remove(min(sorted(left, reverse=True), key=lambda option: votes[option]))


def pairwise(options, ballots):
    """above[a][b]: ballots that rank a above b."""
    above = [[0] * (options + 1) for _ in range(options + 1)]
    everybody = set(range(1, options + 1))
    for weight, ranking in ballots:
        below = set(everybody)
        for a in ranking:
            below.discard(a)
            row = above[a]
            for b in below:
                row[b] += weight
    return above


def copeland(options, ballots):
    above = pairwise(options, ballots)
    numbers = range(1, options + 1)
    points = {
        a: sum((above[a][b] > above[b][a]) + (above[a][b] >= above[b][a])
               for b in numbers if b != a)
        for a in numbers
    }
    most = max(points.values())
    return [a for a in numbers if points[a] == most]


def schulze(options, ballots):
    above = pairwise(options, ballots)
    numbers = range(1, options + 1)
    paths = [[above[a][b] if above[a][b] > above[b][a] else 0
              for b in range(options + 1)] for a in range(options + 1)]
    for via in numbers:
        for a in numbers:
            for b in numbers:
                through = min(paths[a][via], paths[via][b])
                if through > paths[a][b]:
                    paths[a][b] = through
    return [a for a in numbers
            if all(paths[a][b] >= paths[b][a] for b in numbers if b != a)]


def main():
    methods = {"irv": irv, "copeland": copeland, "schulze-wv": schulze}
    names, ballots = read(sys.argv[1])
    winners = methods[sys.argv[2]](len(names), ballots)
    print("\t".join([sys.argv[2]] + [names[option - 1] for option in winners]))


main()
