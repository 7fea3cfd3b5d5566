// npm_votes.cjs FOLDER FILE METHOD: counts a BLT file with the npm package `votes` that is
// installed in FOLDER. Prints the method and the winners, as bench_tally does.
const { readFileSync } = require('node:fs')
const { createRequire } = require('node:module')

const [folder, path, method] = process.argv.slice(2)
const votes = createRequire(`${folder}/package.json`)('votes')

const lines = readFileSync(path, 'utf8').split('\n')
const options = Number(lines[0].split(' ')[0])
const end = lines.indexOf('0')
const candidates = lines.slice(end + 1, end + 1 + options).map((name) => name.slice(1, -1))
const ballots = lines.slice(1, end).map((line) => {
    const numbers = line.split(' ').map(Number)
    return {
        ranking: numbers.slice(1, -1).map((option) => [candidates[option - 1]]),
        weight: numbers[0],
    }
})

const matrix = () => votes.utils.matrixFromBallots(ballots, candidates)
const methods = {
    irv: () => new votes.InstantRunoff({ ballots, candidates }),
    copeland: () => new votes.Copeland(matrix()),
    'schulze-wv': () => new votes.Schulze(matrix()),
}
console.log([method, ...methods[method]().ranking()[0]].join('\t'))
