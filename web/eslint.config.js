import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/* The build lowers syntax, not the library: methods that Safari 15.4 lacks. */
const tooNew = ['toSorted', 'toReversed', 'toSpliced', 'with', 'groupBy'].map((name) => ({
    selector: `CallExpression > MemberExpression > Identifier.property[name="${name}"]`,
    message: `${name} is missing in Safari 15.4`,
}));

export default ts.config(
    { ignores: ['dist/', 'screenshots/', 'node_modules/', 'test-results/'] },
    js.configs.recommended,
    ...ts.configs.strict,
    ...svelte.configs.recommended,
    {
        languageOptions: { globals: { ...globals.browser, ...globals.node } },
        rules: {
            'no-restricted-syntax': ['error', ...tooNew],
            eqeqeq: 'error',
            'no-console': 'error',
            '@typescript-eslint/no-unused-vars': [
                'error',
                { argsIgnorePattern: '^_', ignoreRestSiblings: true },
            ],
            'max-lines': ['error', { max: 500 }],
        },
    },
    {
        files: ['**/*.svelte', '**/*.svelte.ts'],
        languageOptions: {
            parserOptions: {
                parser: ts.parser,
                extraFileExtensions: ['.svelte'],
                svelteConfig,
            },
        },
        rules: {
            // TypeScript finds these
            'no-undef': 'off',
            // maps and sets in $state.raw are replaced, never changed
            'svelte/prefer-svelte-reactivity': 'off',
        },
    },
    { files: ['build/**', 'tests/**'], rules: { 'no-console': 'off' } },
);
