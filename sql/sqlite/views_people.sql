-- The log as tables, as in views.sql and after it: groups that decide together, what became of
-- ideas and what was reported of them, tickets, who sat at the desk, and who was put out.
DROP VIEW IF EXISTS ban;
DROP VIEW IF EXISTS desk;
DROP VIEW IF EXISTS ticket;
DROP VIEW IF EXISTS report;
DROP VIEW IF EXISTS followup;
DROP VIEW IF EXISTS share;

-- The shares of polls by groups: whose they are (`of_group` is NULL: everybody who is in
-- none of the others), per cents, and the ballots that count in each, on phones and paper.
CREATE VIEW share AS
WITH
phones AS MATERIALIZED (
    SELECT event, poll, share, sum(counts) AS ballots FROM ballot
    WHERE share IS NOT NULL GROUP BY event, poll, share
),
papers AS MATERIALIZED (
    SELECT event, poll, share, sum(count) AS ballots FROM paper
    WHERE share IS NOT NULL AND state = 'confirmed' GROUP BY event, poll, share
)
SELECT
    poll.event,
    poll.poll,
    item.key + 1 AS share,
    CAST(item.value ->> 'group' AS INTEGER) AS of_group,
    item.value ->> 'percent' AS percent,
    coalesce(phones.ballots, 0) AS phones,
    coalesce(papers.ballots, 0) AS paper
FROM poll, json_each(poll.shares) AS item
LEFT JOIN phones
    ON phones.event = poll.event AND phones.poll = poll.poll
    AND phones.share = item.key + 1
LEFT JOIN papers
    ON papers.event = poll.event AND papers.poll = poll.poll
    AND papers.share = item.key + 1;

-- What became of ideas, a row for each step; the newest of an idea has the highest pos.
CREATE VIEW followup AS
WITH
withdrawn AS MATERIALIZED (SELECT event, pos FROM undone),
step AS (
    SELECT
        event, pos, actor, at_utc, body,
        row_number() OVER (PARTITION BY event, actor, id ORDER BY pos) AS attempt
    FROM entry
    WHERE poll = 0 AND kind = 'idea.follow'
)
SELECT
    step.event,
    CAST(step.body ->> 'idea' AS INTEGER) AS idea,
    step.pos,
    step.at_utc,
    step.actor,
    step.body ->> 'state' AS state,
    CAST(doc.body AS TEXT) ->> 'title' AS department,
    CAST(doc.body AS TEXT) ->> 'text' AS note,
    step.body ->> 'next' AS next_day
FROM step
LEFT JOIN withdrawn USING (event, pos)
LEFT JOIN doc
    ON doc.kind = 'content' AND doc.name = CAST(step.body ->> '$.content.id' AS BLOB)
WHERE withdrawn.pos IS NULL AND attempt = 1;

-- Reports of ideas, a row for each; who it was is not shown. Settled once somebody at the
-- desk found the idea fine, hid it or released it after.
CREATE VIEW report AS
WITH
history AS MATERIALIZED (
    SELECT event, pos, kind, actor, at_utc, body, CAST(body ->> 'idea' AS INTEGER) AS idea
    FROM entry
    WHERE poll = 0 AND kind IN ('idea.report', 'idea.clear', 'idea.hide', 'idea.release')
),
withdrawn AS MATERIALIZED (SELECT event, pos FROM undone),
settled AS (
    SELECT history.event, history.idea, max(history.pos) AS pos
    FROM history LEFT JOIN withdrawn USING (event, pos)
    WHERE kind <> 'idea.report' AND withdrawn.pos IS NULL
    GROUP BY history.event, history.idea
),
told AS (
    SELECT
        *, row_number() OVER (PARTITION BY event, idea, actor ORDER BY pos) AS time
    FROM history
    WHERE kind = 'idea.report'
)
SELECT
    told.event,
    told.idea,
    told.at_utc,
    told.body ->> 'reason' AS reason,
    coalesce(settled.pos > told.pos, 0) AS settled
FROM told LEFT JOIN settled USING (event, idea)
WHERE told.time = 1;

-- Tickets, by number: who lets in nobody any more has a voided_at_utc. `replaces` and
-- `replaced_by` are numbers of others, whose batch they share.
CREATE VIEW ticket AS
WITH RECURSIVE
history AS MATERIALIZED (
    SELECT
        event, pos, kind, at_utc, body,
        CAST(body ->> 'ticket' AS INTEGER) AS ticket,
        row_number() OVER (PARTITION BY event, actor, id ORDER BY pos) AS attempt,
        row_number() OVER (PARTITION BY event, kind, body ->> 'ticket' ORDER BY pos) AS time
    FROM entry
    WHERE poll = 0 AND kind IN (
        'tickets.issue', 'ticket.replace', 'ticket.redeem', 'ticket.void', 'tickets.void')
),
withdrawn AS MATERIALIZED (SELECT event, pos FROM undone),
made AS MATERIALIZED (
    SELECT
        event, pos, kind, at_utc, ticket AS replaces, body ->> 'group' AS of_group,
        iif(kind = 'tickets.issue', body ->> 'count', 1) AS count,
        sum(iif(kind = 'tickets.issue', body ->> 'count', 1)) OVER so_far AS last,
        sum(kind = 'tickets.issue') OVER so_far AS batch
    FROM history
    WHERE attempt = 1 AND (kind = 'tickets.issue' OR (kind = 'ticket.replace' AND time = 1))
    WINDOW so_far AS (PARTITION BY event ORDER BY pos)
),
one AS (
    SELECT event, pos, kind, at_utc, replaces, of_group, batch, last AS ticket, count
    FROM made
    UNION ALL
    SELECT event, pos, kind, at_utc, replaces, of_group, batch, ticket - 1, count - 1
    FROM one
    WHERE count > 1
),
-- A replacement is of the batch of the one that it stands for.
known AS (
    SELECT event, ticket, batch, of_group, at_utc, pos, NULL AS replaces FROM one
    WHERE kind = 'tickets.issue'
    UNION ALL
    SELECT one.event, one.ticket, known.batch, known.of_group, one.at_utc, one.pos,
        known.ticket
    FROM known JOIN one
        ON one.event = known.event AND one.replaces = known.ticket
        AND one.kind = 'ticket.replace'
),
redeemed AS MATERIALIZED (
    SELECT event, ticket, min(pos) AS pos, at_utc FROM history
    WHERE kind = 'ticket.redeem' GROUP BY event, ticket
),
replaced AS MATERIALIZED (
    SELECT event, replaces AS ticket, ticket AS replaced_by, pos, at_utc FROM one
    WHERE kind = 'ticket.replace'
),
voided AS MATERIALIZED (
    SELECT history.event, history.ticket, min(history.pos) AS pos, history.at_utc
    FROM history LEFT JOIN withdrawn USING (event, pos)
    WHERE kind = 'ticket.void' AND withdrawn.pos IS NULL
    GROUP BY history.event, history.ticket
),
batch_voided AS MATERIALIZED (
    SELECT
        history.event, CAST(body ->> 'batch' AS INTEGER) AS batch, history.pos,
        history.at_utc
    FROM history LEFT JOIN withdrawn USING (event, pos)
    WHERE kind = 'tickets.void' AND attempt = 1 AND withdrawn.pos IS NULL
)
SELECT
    known.event,
    known.ticket,
    known.batch,
    CAST(known.of_group AS INTEGER) AS of_group,
    known.at_utc AS issued_at_utc,
    known.replaces,
    replaced.replaced_by,
    redeemed.at_utc AS redeemed_at_utc,
    coalesce(voided.at_utc, replaced.at_utc, (
        SELECT batch_voided.at_utc FROM batch_voided
        LEFT JOIN redeemed AS held
            ON held.event = known.event AND held.ticket = known.replaces
        WHERE batch_voided.event = known.event AND batch_voided.batch = known.batch
            AND batch_voided.pos > known.pos AND held.pos IS NULL
            AND (redeemed.pos IS NULL OR redeemed.pos > batch_voided.pos)
        ORDER BY batch_voided.pos LIMIT 1)) AS voided_at_utc
FROM known
LEFT JOIN replaced ON replaced.event = known.event AND replaced.ticket = known.ticket
LEFT JOIN redeemed ON redeemed.event = known.event AND redeemed.ticket = known.ticket
LEFT JOIN voided ON voided.event = known.event AND voided.ticket = known.ticket;

-- Places at the desk: invited, taken (sit), taken away (revoke); `person` is whose place
-- was taken or taken away, `actor` who did it (0: the office).
CREATE VIEW desk AS
WITH
history AS (
    SELECT
        event, pos, kind, actor, at_utc, body,
        row_number() OVER (PARTITION BY event, actor, id ORDER BY pos) AS attempt
    FROM entry
    WHERE poll = 0 AND kind IN ('desk.invite', 'desk.sit', 'desk.revoke')
)
SELECT
    history.event,
    history.pos,
    substr(history.kind, 6) AS act,
    history.at_utc,
    history.actor,
    CAST(history.body ->> 'person' AS INTEGER) AS person,
    history.body ->> 'as' AS role,
    CAST(doc.body AS TEXT) ->> 'title' AS name
FROM history
LEFT JOIN doc
    ON doc.kind = 'content' AND doc.name = CAST(history.body ->> '$.name.id' AS BLOB)
WHERE attempt = 1;

-- People who were put out of the event (`banned` 1) and let in again (0), each by an idea
-- of theirs; `actor` is the moderator who did it. What was undone is left out.
CREATE VIEW ban AS
WITH
withdrawn AS MATERIALIZED (SELECT event, pos FROM undone),
history AS (
    SELECT
        event, pos, actor, at_utc, body,
        row_number() OVER (PARTITION BY event, actor, id ORDER BY pos) AS attempt
    FROM entry
    WHERE poll = 0 AND kind = 'person.ban'
)
SELECT
    history.event,
    history.pos,
    history.at_utc,
    history.actor,
    CAST(history.body ->> 'idea' AS INTEGER) AS idea,
    history.body ->> 'banned' AS banned
FROM history LEFT JOIN withdrawn USING (event, pos)
WHERE withdrawn.pos IS NULL AND attempt = 1;
