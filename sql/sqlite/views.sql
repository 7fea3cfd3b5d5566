-- The log as tables, for people who open a copy of the store (a backup) with sqlite3:
--     sqlite3 copy 'SELECT * FROM idea WHERE event = 1'
-- For reading, not for deciding: the program never asks them. What an entry did, the fold
-- alone knows; these leave out repeated commands, ideas sent after the call was closed and
-- acts that were undone, and believe every other entry. Made anew with every migration.
DROP VIEW IF EXISTS paper;
DROP VIEW IF EXISTS ballot;
DROP VIEW IF EXISTS poll;
DROP VIEW IF EXISTS idea;
DROP VIEW IF EXISTS content;
DROP VIEW IF EXISTS undone;
DROP VIEW IF EXISTS entry;

-- Every entry, one row each; `pos` counts the entries of a lane.
CREATE VIEW entry AS
SELECT
    batch.event,
    batch.poll,
    row_number() OVER lane_order AS pos,
    batch.seq,
    item.value ->> 'k' AS kind,
    item.value ->> 'id' AS id,
    CAST(item.value ->> 'by' AS INTEGER) AS actor,
    item.value ->> 'role' AS role,
    datetime((item.value ->> 'at') / 1000, 'unixepoch') AS at_utc,
    item.value AS body
FROM batch, json_each(batch.body) AS item
WINDOW lane_order AS (PARTITION BY batch.event, batch.poll ORDER BY batch.seq, item.key);

-- What was undone, and by which entry. An undo names the position that screens know: a backup
-- that became the log moved it ahead, by RESTORE_LEAP, and at least to its time, and then by
-- what was drawn (`leaps`: all that but for the time).
CREATE VIEW undone AS
WITH
history AS MATERIALIZED (
    SELECT event, pos, kind, body FROM entry WHERE poll = 0
),
restoring AS (
    SELECT
        event, pos, body ->> 'at' AS at, coalesce(body ->> 'apart', 0) AS apart,
        sum(1000000000 + coalesce(body ->> 'apart', 0)) OVER so_far AS leaps
    FROM history
    WHERE kind = 'event.restore'
    WINDOW so_far AS (PARTITION BY event ORDER BY pos)
),
-- From each restoring on screens are so far ahead of the log.
ahead AS MATERIALIZED (
    SELECT event, pos, leaps + max(0, max(at - pos - leaps + apart) OVER so_far) AS by
    FROM restoring
    WINDOW so_far AS (PARTITION BY event ORDER BY pos)
),
undoing AS MATERIALIZED (
    SELECT event, pos, CAST(body ->> 'pos' AS INTEGER) AS screens_pos
    FROM history WHERE kind = 'undo'
)
SELECT act.event, act.pos, act.kind, act.body, undoing.pos AS by_pos
FROM undoing
JOIN history AS act
    ON act.event = undoing.event
    AND act.pos = undoing.screens_pos - coalesce((
        SELECT max(ahead.by) FROM ahead
        WHERE ahead.event = undoing.event AND ahead.pos + ahead.by <= undoing.screens_pos), 0);

-- The texts beside the log, as far as they were not erased.
CREATE VIEW content AS
SELECT
    CAST(name AS TEXT) AS id,
    CAST(body AS TEXT) ->> 'lang' AS lang,
    CAST(body AS TEXT) ->> 'title' AS title,
    CAST(body AS TEXT) ->> 'text' AS text
FROM doc
WHERE kind = 'content';

CREATE VIEW idea AS
WITH
history AS MATERIALIZED (
    SELECT
        event, pos, kind, actor, role, at_utc, body,
        CAST(body ->> 'idea' AS INTEGER) AS idea,
        row_number() OVER (PARTITION BY event, actor, id ORDER BY pos) AS attempt
    FROM entry
    WHERE poll = 0
),
withdrawn AS MATERIALIZED (SELECT event, pos, by_pos FROM undone),
standing AS (
    SELECT history.* FROM history LEFT JOIN withdrawn USING (event, pos)
    WHERE withdrawn.pos IS NULL
),
-- Phases have ids in the order in which they were made.
phase AS (
    SELECT
        history.event,
        row_number() OVER (PARTITION BY history.event ORDER BY history.pos, made.id) AS phase,
        made.value ->> 'is' AS kind
    FROM history, json_each(history.body, '$.phases') AS made
    WHERE history.kind = 'agenda.set' AND attempt = 1 AND made.value ->> 'phase' IS NULL
),
-- The call is open from the beginning, and as the last event.call or phase.start says before
-- it, which was not undone by then.
turned AS (
    SELECT event, pos, body ->> 'open' AS open
    FROM history WHERE kind = 'event.call' AND attempt = 1
    UNION ALL
    SELECT event, pos, phase.kind = 'collect'
    FROM history JOIN phase USING (event)
    WHERE history.kind = 'phase.start' AND attempt = 1
        AND phase.phase = CAST(body ->> 'phase' AS INTEGER)
),
call AS MATERIALIZED (
    SELECT turned.event, turned.pos, turned.open, withdrawn.by_pos
    FROM turned LEFT JOIN withdrawn USING (event, pos)
),
submitted AS (
    SELECT
        history.*,
        row_number() OVER (PARTITION BY history.event ORDER BY history.pos) AS number
    FROM history
    WHERE kind = 'idea.submit' AND attempt = 1
        AND (role IN ('owner', 'moderator', 'helper') OR coalesce((
            SELECT call.open FROM call
            WHERE call.event = history.event AND call.pos < history.pos
                AND (call.by_pos IS NULL OR call.by_pos > history.pos)
            ORDER BY call.pos DESC LIMIT 1), 1))
),
-- What still waited when its author was put out: what had been done with it was undone or
-- split again by then.
swept AS MATERIALIZED (
    SELECT DISTINCT waiting.event, waiting.number AS idea
    FROM standing AS ban
    JOIN submitted AS named ON named.event = ban.event AND named.number = ban.idea
    JOIN submitted AS waiting
        ON waiting.event = ban.event AND waiting.actor = named.actor AND waiting.pos < ban.pos
    WHERE ban.kind = 'person.ban' AND ban.body ->> 'banned' AND NOT EXISTS (
        SELECT 1 FROM history AS done LEFT JOIN withdrawn USING (event, pos)
        WHERE done.event = waiting.event AND done.idea = waiting.number
            AND done.pos < ban.pos
            AND done.kind IN ('idea.release', 'idea.hide', 'idea.withdraw', 'idea.merge')
            AND (withdrawn.by_pos IS NULL OR withdrawn.by_pos > ban.pos)
            AND NOT (done.kind = 'idea.merge' AND EXISTS (
                SELECT 1 FROM standing AS split
                WHERE split.event = done.event AND split.idea = done.idea
                    AND split.kind = 'idea.split'
                    AND split.pos > done.pos AND split.pos < ban.pos)))
),
-- The last act of each sort. SQLite takes the other columns from the row with the max().
edited AS (
    SELECT event, idea, max(pos) AS pos, body FROM standing
    WHERE kind = 'idea.edit' GROUP BY event, idea
),
judged AS (
    SELECT event, idea, max(pos) AS pos, kind, body FROM standing
    WHERE kind IN ('idea.release', 'idea.hide', 'idea.withdraw') GROUP BY event, idea
),
joined AS (
    SELECT event, idea, max(pos) AS pos, kind, body FROM standing
    WHERE kind IN ('idea.merge', 'idea.split') GROUP BY event, idea
)
SELECT
    submitted.event,
    submitted.number AS idea,
    submitted.actor AS author,
    submitted.at_utc,
    CASE
        WHEN joined.kind = 'idea.merge' THEN 'merged'
        WHEN judged.kind = 'idea.release' THEN 'published'
        WHEN judged.kind = 'idea.hide' THEN 'hidden'
        WHEN judged.kind = 'idea.withdraw' THEN 'withdrawn'
        WHEN submitted.role IN ('owner', 'moderator', 'helper') THEN 'published'
        WHEN swept.idea IS NOT NULL THEN 'hidden'
        ELSE 'pending'
    END AS state,
    CASE
        WHEN joined.kind = 'idea.merge' THEN CAST(joined.body ->> 'into' AS INTEGER)
    END AS merged_into,
    CASE
        WHEN judged.pos IS NULL AND swept.idea IS NOT NULL THEN 'other'
        ELSE judged.body ->> 'reason'
    END AS reason,
    CAST(doc.body AS TEXT) ->> 'lang' AS lang,
    CAST(doc.body AS TEXT) ->> 'title' AS title,
    CAST(doc.body AS TEXT) ->> 'text' AS text
FROM submitted
LEFT JOIN edited ON edited.event = submitted.event AND edited.idea = submitted.number
LEFT JOIN judged ON judged.event = submitted.event AND judged.idea = submitted.number
LEFT JOIN joined ON joined.event = submitted.event AND joined.idea = submitted.number
LEFT JOIN swept ON swept.event = submitted.event AND swept.idea = submitted.number
LEFT JOIN doc
    ON doc.kind = 'content'
    AND doc.name = CAST(coalesce(edited.body, submitted.body) ->> '$.content.id' AS BLOB);

CREATE VIEW poll AS
WITH
history AS MATERIALIZED (
    SELECT
        event, pos, kind, body,
        CAST(body ->> 'poll' AS INTEGER) AS poll,
        row_number() OVER (PARTITION BY event, actor, id ORDER BY pos) AS attempt
    FROM entry
    WHERE poll = 0
),
withdrawn AS MATERIALIZED (SELECT event, pos FROM undone),
standing AS (
    SELECT history.* FROM history LEFT JOIN withdrawn USING (event, pos)
    WHERE withdrawn.pos IS NULL
),
created AS (
    SELECT history.*, row_number() OVER (PARTITION BY event ORDER BY pos) AS number
    FROM history
    WHERE kind = 'poll.create' AND attempt = 1
),
edited AS (
    SELECT event, poll, max(pos) AS pos, body FROM standing
    WHERE kind = 'poll.edit' GROUP BY event, poll
),
turned AS (
    SELECT event, poll, max(pos) AS pos, kind FROM standing
    WHERE kind IN ('poll.drop', 'poll.open', 'poll.close', 'poll.reopen', 'poll.seal')
    GROUP BY event, poll
),
shown AS (
    SELECT event, poll, max(pos) AS pos, kind FROM standing
    WHERE kind IN ('poll.publish', 'poll.unpublish', 'poll.reopen') GROUP BY event, poll
),
annulled AS (
    SELECT event, poll, max(pos) AS pos, body FROM standing
    WHERE kind = 'poll.annul' GROUP BY event, poll
),
chosen AS (
    SELECT
        created.event,
        created.number AS poll,
        withdrawn.pos IS NOT NULL AS unmade,
        coalesce(edited.body, created.body) AS spec
    FROM created
    LEFT JOIN withdrawn ON withdrawn.event = created.event AND withdrawn.pos = created.pos
    LEFT JOIN edited ON edited.event = created.event AND edited.poll = created.number
)
SELECT
    chosen.event,
    chosen.poll,
    CASE CASE WHEN unmade THEN 'poll.drop' ELSE turned.kind END
        WHEN 'poll.drop' THEN 'dropped'
        WHEN 'poll.close' THEN 'closed'
        WHEN 'poll.seal' THEN 'sealed'
        WHEN 'poll.open' THEN iif(annulled.pos > turned.pos, 'closed', 'open')
        WHEN 'poll.reopen' THEN iif(annulled.pos > turned.pos, 'closed', 'open')
        ELSE 'draft'
    END AS state,
    coalesce(shown.kind = 'poll.publish', 0) AS published,
    annulled.pos IS NOT NULL AS annulled,
    annulled.body ->> 'reason' AS reason,
    CAST(doc.body AS TEXT) ->> 'title' AS question,
    spec ->> 'form' AS form,
    spec ->> 'method' AS method,
    spec ->> 'seats' AS seats,
    spec ->> 'ranks' AS ranks,
    spec ->> 'ties' AS ties,
    spec ->> 'live' AS live,
    spec ->> 'publication' AS publication,
    spec ->> 'options' AS options,
    spec ->> 'shares' AS shares,
    spec ->> 'no_own' AS no_own,
    spec ->> 'no_late' AS no_late
FROM chosen
LEFT JOIN turned USING (event, poll)
LEFT JOIN shown USING (event, poll)
LEFT JOIN annulled USING (event, poll)
LEFT JOIN doc
    ON doc.kind = 'content' AND doc.name = CAST(spec ->> '$.question.id' AS BLOB);

-- A poll's ballots: from its lane in the order they came, superseded ones too; after
-- sealing the sorted list, without slots.
CREATE VIEW ballot AS
WITH
arrived AS MATERIALIZED (
    SELECT
        event, poll, pos, id, body,
        body ->> 'slot' AS slot,
        body ->> 'epoch' AS epoch,
        body ->> 'counter' AS counter,
        row_number() OVER (PARTITION BY event, poll, body ->> 'slot', id ORDER BY pos)
            AS attempt
    FROM entry
    WHERE poll > 0 AND kind = 'cast'
),
sealed AS (
    SELECT
        CAST(CAST(name AS TEXT) AS INTEGER) AS event,
        CAST(substr(CAST(name AS TEXT), instr(CAST(name AS TEXT), '/') + 1) AS INTEGER)
            AS poll,
        item.value AS body,
        item.key AS place
    FROM doc, json_each(CAST(doc.body AS TEXT), '$.ballots') AS item
    WHERE kind = 'sealed'
)
SELECT
    event, poll, pos, slot, id, epoch, counter, body ->> 'ballot' AS ballot,
    row_number() OVER (
        PARTITION BY event, poll, slot ORDER BY epoch DESC, counter DESC, pos
    ) = 1 AS counts,
    NULL AS proof,
    body ->> 'share' AS share
FROM arrived
WHERE attempt = 1
    AND NOT EXISTS (
        SELECT 1 FROM sealed
        WHERE sealed.event = arrived.event AND sealed.poll = arrived.poll
    )
UNION ALL
SELECT
    event, poll, place + 1, NULL, NULL, NULL, NULL, body ->> 'ballot', 1, body ->> 'proof',
    body ->> 'share'
FROM sealed;

-- Ballots on paper, a row for each pile of equal ones; confirmed ones count.
CREATE VIEW paper AS
WITH
history AS MATERIALIZED (
    SELECT
        event, pos, kind, actor, at_utc, body,
        CAST(body ->> 'batch' AS INTEGER) AS batch,
        row_number() OVER (PARTITION BY event, actor, id ORDER BY pos) AS attempt
    FROM entry
    WHERE poll = 0 AND kind IN ('paper.enter', 'paper.confirm', 'paper.drop')
),
withdrawn AS MATERIALIZED (SELECT event, pos FROM undone),
standing AS (
    SELECT history.* FROM history LEFT JOIN withdrawn USING (event, pos)
    WHERE withdrawn.pos IS NULL
),
entered AS (
    SELECT history.*, row_number() OVER (PARTITION BY event ORDER BY pos) AS number
    FROM history
    WHERE kind = 'paper.enter' AND attempt = 1
),
confirmed AS (
    SELECT event, batch, min(pos) AS pos, actor FROM standing
    WHERE kind = 'paper.confirm' GROUP BY event, batch
),
dropped AS (
    SELECT event, batch, min(pos) AS pos FROM standing
    WHERE kind = 'paper.drop' GROUP BY event, batch
)
SELECT
    entered.event,
    CAST(entered.body ->> 'poll' AS INTEGER) AS poll,
    entered.number AS batch,
    CASE
        WHEN dropped.pos IS NOT NULL OR withdrawn.pos IS NOT NULL THEN 'dropped'
        WHEN confirmed.pos IS NOT NULL THEN 'confirmed'
        ELSE 'waiting'
    END AS state,
    entered.at_utc AS entered_at_utc,
    entered.actor AS entered_by,
    confirmed.actor AS confirmed_by,
    pile.value ->> 'count' AS count,
    pile.value ->> 'ballot' AS ballot,
    entered.body ->> 'share' AS share
FROM entered, json_each(entered.body, '$.piles') AS pile
LEFT JOIN withdrawn ON withdrawn.event = entered.event AND withdrawn.pos = entered.pos
LEFT JOIN confirmed
    ON confirmed.event = entered.event AND confirmed.batch = entered.number
LEFT JOIN dropped ON dropped.event = entered.event AND dropped.batch = entered.number;
