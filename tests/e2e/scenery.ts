/* A hall in full swing, for pictures: ideas, people, polls in every state. */
import type { Place } from "./fixtures";
import { ideas, waiting } from "./ideas";
import type { Phone } from "./phone";
import { pollOf } from "./phone";

export interface Scenery {
  options: string[];
  people: Phone[];
  close: (poll: string) => Promise<void>;
  open: (question: string, change?: object) => Promise<string>;
  vote: (
    poll: string,
    count: number,
    form?: "ranking" | "approval",
  ) => Promise<void>;
}

/* Tastes differ, but not too much: earlier options are liked more. */
function ranking(
  person: number,
  options: readonly string[],
  places: number,
): string[] {
  const liked = options.map((option, i) => {
    const mood =
      Math.sin((person + 1) * 12.9898 + (i + 1) * 78.233) * 43_758.5453;
    return {
      option,
      joy:
        mood - Math.floor(mood) + (options.length - i) / (options.length * 1.6),
    };
  });
  liked.sort((a, b) => b.joy - a.joy);
  return liked.slice(0, places).map(({ option }) => option);
}

export async function fill(place: Place, count: number): Promise<Scenery> {
  const { desk } = place;
  const people = await Promise.all(
    Array.from({ length: count }, () => place.person()),
  );
  const ids: string[] = [];
  for (const [i, [title, text, lang]] of ideas.entries()) {
    const idea = await (people[i % people.length] as Phone).submit(
      title,
      text,
      lang,
    );
    await desk.ask({ op: "idea.release", idea });
    ids.push(idea);
  }
  for (const [i, [title, text]] of waiting.entries())
    await (people[i] as Phone).submit(title, text);
  const options = ids.slice(0, 8);
  return {
    options,
    people,
    async open(question, change = {}) {
      const poll = String(
        (await desk.ask(pollOf(question, options, change)))["poll"],
      );
      await desk.ask({ op: "poll.open", poll });
      return poll;
    },
    async close(poll) {
      await desk.ask({ op: "poll.close", poll });
      await desk.ask({ op: "poll.publish", poll });
    },
    async vote(poll, voters, form = "ranking") {
      for (const [i, person] of people.slice(0, voters).entries()) {
        const liked = ranking(i, options, 3);
        await person.cast(
          poll,
          form === "ranking"
            ? { ranking: liked.map((id) => [id]) }
            : { approval: [...liked].sort((a, b) => Number(a) - Number(b)) },
        );
      }
    },
  };
}
