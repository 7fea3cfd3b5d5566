/* The messages of PROTOCOL.md. Import types only: the shapes serve the tests, which hold
 * them against the golden messages that the server's tests read too. */
import { ballot, form, pile } from './ballots';
import { banned, personBan } from './bans';
import { deskAct } from './deskActs';
import type { aboutShape, uploadShape } from './answers';
import { followState, step } from './follow';
import { label, labelRequests } from './labels';
import { phase, phaseKind, phaseRequests } from './phases';
import { pollRequests, reason, share } from './pollRequests';
import { publication, result, rounds, shareResult } from './results';
import {
    count,
    dictionary,
    either,
    flag,
    hex32,
    hex64,
    id,
    list,
    object,
    oneOf,
    optional,
    text,
} from './shape';
import type { Of } from './shape';
import { settings, support, supportIdea } from './support';
import { wifi, wifiSays } from './wifi';

const role = oneOf('participant', 'moderator', 'stage');
/* Who sits at the desk. */
const deskRole = oneOf('owner', 'moderator', 'helper', 'auditor');

/* ---- what we send ---- */

const ideaText = {
    title: text,
    text: text,
    lang: text,
    tags: optional(list(id)),
    challenge: optional(id),
    drawing: optional(text),
    photo: optional(text),
};
/** Everything but its id, which the outbox gives. */
export const requestShapes = {
    ideaSubmit: object({ op: oneOf('idea.submit'), ...ideaText }),
    ideaEdit: object({ op: oneOf('idea.edit'), idea: id, seen: optional(count), ...ideaText }),
    ideaAct: object({ op: oneOf('idea.withdraw', 'idea.split', 'idea.clear'), idea: id }),
    report: object({ op: oneOf('report'), idea: id, reason }),
    support: supportIdea,
    ideaRelease: object({ op: oneOf('idea.release'), idea: id, seen: optional(count) }),
    ideaHide: object({
        op: oneOf('idea.hide'),
        idea: id,
        reason,
        note: optional(text),
        seen: optional(count),
    }),
    ideaMerge: object({ op: oneOf('idea.merge'), idea: id, into: id, seen: optional(count) }),
    cast: object({
        op: oneOf('cast'),
        poll: id,
        uid: optional(hex32),
        counter: count,
        ballot,
        nonce: hex32,
        lock: hex64,
    }),
    begin: object({ op: oneOf('begin'), poll: id }),
    nick: object({ op: oneOf('nick'), first: count, second: count }),
    group: object({ op: oneOf('group'), group: id }),
    deskInvite: object({
        op: oneOf('desk.invite'),
        role: deskRole,
        link: hex64,
        name: optional(text),
        lang: optional(text),
    }),
    deskRevoke: object({ op: oneOf('desk.revoke'), person: id }),
    personBan,
    ideaTag: object({ op: oneOf('idea.tag'), idea: id, tags: list(id) }),
    ideaFollow: object({
        op: oneOf('idea.follow'),
        idea: id,
        state: followState,
        department: optional(text),
        note: optional(text),
        lang: optional(text),
        next: optional(text),
    }),
    ideaTeam: object({ op: oneOf('idea.team'), idea: id, team: optional(id) }),
    ideaChallenge: object({ op: oneOf('idea.challenge'), idea: id, challenge: optional(id) }),
    ...labelRequests,
    settings,
    words: object({ op: oneOf('words'), words: text, seen: optional(count) }),
    wifi: object({ op: oneOf('wifi'), ...wifiSays, seen: optional(count) }),
    call: object({ op: oneOf('call'), open: flag }),
    ...phaseRequests,
    ...pollRequests,
    ticket: object({ op: oneOf('ticket'), ticket: optional(id), code: optional(text) }),
    ticketAct: object({ op: oneOf('ticket.void', 'ticket.replace'), ticket: id }),
    ticketsIssue: object({ op: oneOf('tickets.issue'), count, group: optional(id) }),
    ticketsVoid: object({ op: oneOf('tickets.void'), batch: id }),
    paperEnter: object({
        op: oneOf('paper.enter'),
        poll: id,
        share: optional(count),
        piles: list(pile),
    }),
    paperConfirm: object({ op: oneOf('paper.confirm'), batch: id, ballots: count }),
    paperDrop: object({ op: oneOf('paper.drop'), batch: id }),
    undo: object({ op: oneOf('undo'), pos: count }),
    rehearse: object({ op: oneOf('rehearse'), phones: count }),
    rehearseStop: object({ op: oneOf('rehearse.stop') }),
};
export const helloShape = object({
    op: oneOf('hello'),
    id: hex32,
    event: text,
    role,
    pos: optional(count),
    pass: optional(hex32),
    key: optional(hex32),
});

/* ---- what comes ---- */

const ideaState = oneOf('pending', 'published', 'hidden', 'withdrawn', 'merged', 'gone');
/* A picture's name is what GET /picture knows it by. */
const photo = object({ name: hex32, width: count, height: count });
/* A nickname: two words by their places in the lists, and how many have them. */
const nick = list(count);
export const idea = object({
    idea: id,
    state: ideaState,
    title: optional(text),
    text: optional(text),
    lang: optional(text),
    drawing: optional(hex32),
    photo: optional(photo),
    at: optional(count),
    into: optional(id),
    author: optional(id),
    reason: optional(reason),
    note: optional(text),
    nick: optional(nick),
    tags: optional(list(id)),
    team: optional(id),
    challenge: optional(id),
    follow: optional(step),
    reports: optional(dictionary(count)),
});
const option = object({
    option: id,
    title: optional(text),
    text: optional(text),
    lang: optional(text),
    drawing: optional(hex32),
    photo: optional(photo),
    code: optional(oneOf('yes', 'no')),
});
const poll = object({
    poll: id,
    state: oneOf('draft', 'open', 'closed', 'sealed'),
    published: flag,
    published_pos: optional(count),
    annulled: flag,
    question: text,
    lang: text,
    form,
    method: text,
    seats: count,
    ranks: count,
    dots: optional(count),
    ties: flag,
    live: flag,
    publication,
    reopened: count,
    undone: optional(count),
    people: optional(count),
    paper: optional(count),
    commitment: optional(text),
    sealed: optional(text),
    seed: optional(text),
    reason: optional(reason),
    uid: hex32,
    options: list(option),
    about: optional(option),
    shares: optional(list(share)),
    no_own: optional(flag),
    /* Whose each option is, once a poll with no_own was opened. */
    teams: optional(dictionary(list(id))),
    no_late: optional(flag),
    /* Whoever came later does not vote. */
    last_person: optional(id),
});
/* What a moderator did, by its position in the log; `undone`: by whom. */
const act = object({
    pos: count,
    act: deskAct,
    at: count,
    by: id,
    idea: optional(id),
    label: optional(id),
    poll: optional(id),
    ticket: optional(id),
    batch: optional(id),
    person: optional(id),
    banned: optional(flag),
    undone: optional(id),
});
/* A place at the desk; one without `sat` waits for its link to be used. */
const place = object({
    person: id,
    number: count,
    role: deskRole,
    name: optional(text),
    at: count,
    by: optional(id),
    sat: optional(count),
    until: optional(count),
    revoked: optional(count),
});
const sight = oneOf('desk', 'results', 'export', 'ballots', 'wifi');
/* Ballots on paper: what one moderator entered and another confirms. */
const paperBatch = object({
    batch: id,
    poll: id,
    state: oneOf('waiting', 'confirmed', 'dropped'),
    by: optional(id),
    at: optional(count),
    confirmed_by: optional(id),
    ballots: optional(count),
    share: optional(count),
    piles: optional(list(pile)),
});
const gonePoll = object({ poll: id, state: oneOf('gone') });
const event = object({
    event: text,
    title: text,
    lang: text,
    langs: list(text),
    mode: oneOf('open', 'ticket'),
    call: flag,
    restored: optional(count),
    archived: optional(count),
    youth: optional(flag),
    nicknames: optional(flag),
    support: optional(support),
    supporting: optional(flag),
    groups: optional(list(label)),
    tags: optional(list(label)),
    challenges: optional(list(label)),
    agenda: optional(list(phase)),
    phase: optional(id),
});
/* The time of the phase that is on, as it was when this was sent. */
const timer = object({ left_ms: count, running: flag, asks: optional(flag) });
/* A poll's counters; `started` and `closing_ms` only while it is open. */
const running = object({
    poll: id,
    voted: count,
    /* At the desk, by share. */
    voted_by: optional(list(count)),
    started: optional(count),
    closing_ms: optional(count),
});
const myPoll = object({ poll: id, counter: count, ballot: optional(ballot) });
const me = object({
    person: id,
    epoch: optional(count),
    nick: optional(nick),
    group: optional(id),
    group_by_ticket: optional(flag),
    ideas: optional(list(idea)),
    polls: optional(list(myPoll)),
    reported: optional(list(id)),
    supported: optional(list(id)),
});

/* Tickets that were issued at once, and what became of them. */
const batch = object({
    batch: id,
    first: id,
    count,
    group: optional(id),
    at: count,
    replaced: count,
    redeemed: count,
    voided: count,
    free: count,
});

export const messageShapes = {
    welcome: object({
        op: oneOf('welcome'),
        id: hex32,
        event: text,
        role: either(role, deskRole),
        pos: count,
        heartbeat_ms: count,
        may: optional(list(text)),
        sees: optional(list(sight)),
        stage_key: optional(hex32),
        me: optional(me),
    }),
    done: object({
        op: oneOf('done'),
        id: hex32,
        pos: count,
        idea: optional(id),
        poll: optional(id),
        number: optional(id),
        label: optional(id),
        person: optional(id),
        batch: optional(id),
    }),
    stored: object({
        op: oneOf('stored'),
        id: hex32,
        poll: id,
        pos: count,
        proof: hex64,
        counts: flag,
    }),
    refused: object({
        op: oneOf('refused'),
        id: optional(hex32),
        err: text,
        key: optional(text),
        retry_ms: optional(count),
        pos: optional(count),
    }),
    change: object({
        op: oneOf('change'),
        from: count,
        pos: count,
        event: optional(event),
        ideas: optional(list(idea)),
        support: optional(dictionary(count)),
        polls: optional(list(either(poll, gonePoll))),
        desk: optional(list(place)),
        banned,
        words: optional(text),
        wifi: optional(wifi),
        batches: optional(list(paperBatch)),
        acts: optional(list(act)),
        undoable: optional(list(count)),
    }),
    live: object({
        op: oneOf('live'),
        online: count,
        joined: count,
        tickets: optional(count),
        redeemed: optional(count),
        voided: optional(count),
        batches: optional(list(batch)),
        pending: optional(count),
        moderators: optional(count),
        groups: optional(list(object({ label: id, people: count }))),
        timer: optional(timer),
        polls: optional(list(running)),
    }),
    mine: object({ op: oneOf('mine'), idea }),
    result: object({ op: oneOf('result'), ...result }),
    ticket: object({
        op: oneOf('ticket'),
        id: hex32,
        ticket: id,
        batch: id,
        redeemed: flag,
        void: flag,
        replaces: optional(id),
        replaced_by: optional(id),
    }),
    tickets: object({
        op: oneOf('tickets'),
        id: hex32,
        pos: count,
        first: id,
        count,
        batch: id,
        held: optional(flag),
        codes: optional(list(text)),
    }),
    rehearsal: object({
        op: oneOf('rehearsal'),
        state: oneOf('running', 'done', 'stopped', 'failed'),
        phones: count,
        at: optional(count),
        stage: optional(oneOf('prepare', 'arrive', 'ideas', 'vote', 'check', 'clear')),
        done: optional(count),
        of: optional(count),
        cause: optional(oneOf('asked', 'poll-runs', 'people-here', 'time', 'ended')),
        verdict: optional(oneOf('ready', 'slow', 'failed')),
        flaws: optional(list(text)),
        figures: optional(dictionary(count)),
    }),
    bye: object({ op: oneOf('bye'), err: text, retry_ms: optional(count) }),
    pong: object({ op: oneOf('pong'), id: optional(hex32) }),
};
export type Role = Of<typeof role>;
export type Form = Of<typeof form>;
export type Publication = Of<typeof publication>;
export type Photo = Of<typeof photo>;
export type Upload = Of<typeof uploadShape>;
export type Nick = Of<typeof nick>;
export type Reason = Of<typeof reason>;
export type Ballot = Of<typeof ballot>;
export type Phase = Of<typeof phase>;
export type PhaseKind = Of<typeof phaseKind>;
export type Timer = Of<typeof timer>;
export type { Label, LabelKind } from './labels';
export type Step = Of<typeof step>;
export type Idea = Of<typeof idea>;
export type Option = Of<typeof option>;
export type Share = Of<typeof share>;
export type ShareResult = Of<typeof shareResult>;
export type Poll = Of<typeof poll>;
export type Pile = Of<typeof pile>;
export type PaperBatch = Of<typeof paperBatch>;
export type Act = Of<typeof act>;
export type DeskRole = Of<typeof deskRole>;
export type Place = Of<typeof place>;
export type Sight = Of<typeof sight>;
export type EventInfo = Of<typeof event>;
export type MyPoll = Of<typeof myPoll>;
/* `said`: what was said of ideas since the server told it. */
export type Me = Of<typeof me> & { said?: readonly Of<typeof supportIdea>[] };
export type Round = Of<typeof rounds>;
export type About = Of<typeof aboutShape>;
export type Request = Of<(typeof requestShapes)[keyof typeof requestShapes]>;
/** What may tell which state of things it was made from. */
export type Amendment = Extract<Request, { seen?: number | undefined }>;
export type Wifi = Of<typeof wifi>;
export type Cast = Of<typeof requestShapes.cast>;
export type PollSpec = Omit<Of<typeof requestShapes.pollCreate>, 'op'>;
export type Welcome = Of<typeof messageShapes.welcome>;
export type Change = Of<typeof messageShapes.change>;
export type Running = Of<typeof running>;
export type Live = Of<typeof messageShapes.live>;
export type Result = Of<typeof messageShapes.result>;
export type Refused = Of<typeof messageShapes.refused>;
export type Done = Of<typeof messageShapes.done>;
export type Stored = Of<typeof messageShapes.stored>;
export type Ticket = Of<typeof messageShapes.ticket>;
export type Tickets = Of<typeof messageShapes.tickets>;
export type Batch = Of<typeof batch>;
export type Answer = Done | Stored | Refused | Ticket | Tickets;
export type Message = Of<(typeof messageShapes)[keyof typeof messageShapes]>;
