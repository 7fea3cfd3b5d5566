/* What is like what: as people write ideas, with their endings, compounds and slips. */
import { describe, expect, it } from 'vitest';
import { similar } from '../src/lib/vote/similar';

const there = [
    'Fahrradständer am Bahnhof',
    'Mehr Bänke im Stadtpark',
    'Trinkbrunnen auf dem Markt',
    'Kino unter freiem Himmel',
    'Nachtbus am Wochenende',
    'Повече пейки в парка',
].map((title, i) => ({ idea: String(i), title }));
const likeTo = (title: string): string[] => similar(title, there).map((one) => one.title);

describe('an idea is like another one', () => {
    it.each([
        ['Fahrradstellplätze', 'Fahrradständer am Bahnhof'],
        ['Mehr Fahrradstellplätze', 'Fahrradständer am Bahnhof'],
        ['fahrradstander', 'Fahrradständer am Bahnhof'],
        ['Bänke für den Park', 'Mehr Bänke im Stadtpark'],
        ['Ein Trinkbrunen', 'Trinkbrunnen auf dem Markt'],
        ['Freilichtkino: Kino im Freien', 'Kino unter freiem Himmel'],
        ['Nachtbusse', 'Nachtbus am Wochenende'],
        ['Пейки в парка', 'Повече пейки в парка'],
    ])('%s', (title, like) => {
        expect(likeTo(title)[0]).toBe(like);
    });

    it.each(['Skatepark', 'Mehr', 'Am Markt', 'Ein Jugendzentrum', 'Wochenmarkt', ''])(
        'but not for a common word or an ending: %s',
        (title) => {
            expect(likeTo(title)).toEqual([]);
        },
    );

    it('and at most three are told, the likest first', () => {
        const many = ['Park neu', 'Parkbank', 'Parkplatz', 'Eine Parkbank'].map((title) => ({
            title,
        }));
        const told = similar('Parkbank', many);
        expect(told).toHaveLength(3);
        expect(told[0]?.title).toBe('Parkbank');
    });
});
