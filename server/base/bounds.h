/* Every limit there is, with its reason. A queue, buffer, loop or wait without an entry
 * here is a defect. Sizes in bytes, times in milliseconds unless the name says else. */
#ifndef BASE_BOUNDS_H
#define BASE_BOUNDS_H

/* A table, one limit a line. */
/* clang-format off */

/* frames: what the largest honest message needs, doubled */
#define FRAME_CAST_BYTES_MAX 4096   /* 200 options, each with its id */
#define FRAME_IDEA_BYTES_MAX 32768  /* a drawing of 20 kB beside a long text */
#define FRAME_PAPER_BYTES_MAX 16384  /* 600 marks on 60 piles */
#define FRAME_OTHER_BYTES_MAX 4096
#define FRAME_BYTES_MAX FRAME_IDEA_BYTES_MAX
#define POST_BYTES_MAX 4096         /* /join and /login carry one code */
#define HEADER_BYTES_MAX 4096
#define JSON_DEPTH_MAX 8            /* the deepest message we define has 6 */
#define CONTROL_BYTES_MAX 65536     /* one request on the control socket, or the office's */
#define ANSWER_BYTES_MAX 134217728  /* 128 MiB: one answer on it, a whole export */
#define EXPORT_BYTES_MAX 67108864   /* 64 MiB: one file of it, a million ballots */
#define EXPORT_PICTURES_BYTES_MAX 50331648 /* 48 MiB: 300 photographs as phones send them */
#define CONTROL_CLIENTS_MAX 16      /* commands at a time */
#define CONTROL_START_MS 5000       /* a server that has the store but does not answer yet */
#define CONTROL_ANSWER_MS 600000    /* the longest answer: a backup of a large store */
#define CONFIG_BYTES_MAX 65536      /* a config file; imprints are long */

/* texts, in Unicode code points after NFC */
#define TITLE_CHARS_MAX 120
#define TEXT_CHARS_MAX 2000
#define QUESTION_CHARS_MAX 300
#define WORDS_CHARS_MAX 4000         /* the word list of a queue: 500 words */
#define LABEL_CHARS_MAX 40          /* a label's name: a chip on a phone */
#define WIFI_NAME_CHARS_MAX 32      /* and as many bytes: an SSID of 802.11 has no more */
#define WIFI_PASSWORD_CHARS_MIN 8   /* WPA: a passphrase has 8 … */
#define WIFI_PASSWORD_CHARS_MAX 64  /* … to 63 characters; or it is a key in 64 hex digits */
#define DEPARTMENT_CHARS_MAX 120    /* "Amt für Grünflächen, Umwelt und Nachhaltigkeit" has 46 */
#define TICKET_CODE_CHARS_MAX 32    /* typed: ten symbols and what people put between them */
#define TEXT_MARKS_RUN_MAX 30       /* combining marks in a row: the limit of UAX #15 */
#define TITLE_BYTES_MAX (TITLE_CHARS_MAX * 4)
#define TEXT_BYTES_MAX (TEXT_CHARS_MAX * 4)
#define QUESTION_BYTES_MAX (QUESTION_CHARS_MAX * 4)
#define DEPARTMENT_BYTES_MAX (DEPARTMENT_CHARS_MAX * 4)
#define WORDS_BYTES_MAX (WORDS_CHARS_MAX * 4)
#define WIFI_NAME_BYTES_MAX (WIFI_NAME_CHARS_MAX * 4)
#define WIFI_PASSWORD_BYTES_MAX (WIFI_PASSWORD_CHARS_MAX * 4)
#define LABEL_BYTES_MAX (LABEL_CHARS_MAX * 4)
#define CONTENT_BYTES_MAX (TITLE_BYTES_MAX + TEXT_BYTES_MAX + 20480)
#define LANGS_MAX 8                 /* languages of one event */
#define LANG_BYTES_MAX 16           /* "de-simple" */

/* pictures of an idea */
#define DRAWING_BYTES_MAX 20000     /* a child draws for ten minutes */
#define DRAWING_STROKES_MAX 400
#define DRAWING_WIDTH 1000          /* units of the canvas, not pixels */
#define DRAWING_HEIGHT 750
#define PHOTO_BYTES_MAX 400000      /* phones make it smaller: 1,280 pixels are 150 kB */
#define PHOTO_SIDE_MIN 16
#define PHOTO_SIDE_MAX 4096
#define PHOTO_PIXELS_MAX 4194304    /* 2,048 by 2,048: 16 MB in a decoder, and a desk shows many */
#define JPEG_SCANS_MAX 100          /* progressive ones have about ten */
#define PICTURES_MAX 5000           /* one event, those that were replaced included: sealing
                                       copies them all, through memory */
#define IDEA_PICTURES_MAX 100       /* one idea, likewise: beyond that it is a machine */
#define PHOTO_WAIT_MS 60000         /* 400 kB at 64 kbit/s, where a hall is on one network */
#define PHOTOS_ARRIVING_MAX 80      /* at a time, one a session: 32 MB */
#define PHOTOS_STAGED_BYTES_MAX (64UL * 1024 * 1024) /* sent, and in no idea yet */
#define PHOTOS_STAGED_MAX 4096
#define PHOTO_STAGED_MS 600000      /* an idea is written in ten minutes, or it is sent again */
#define PICTURES_CACHED_BYTES_MAX (32UL * 1024 * 1024) /* what a hall looks at now */
#define PICTURES_READ_MAX 8         /* asked of the store at a time: ballots come between */
#define PICTURES_SHOWN_MAX 1024     /* different ones, here or on their way */
#define DRAWING_SVG_BYTES_MAX 65536 /* each of 400 strokes gets some 50 bytes of ours */

/* the hall */
#define GONE_MAX 100000        /* events that were deleted: a number and a code each */
#define BELONGINGS_MAX 4000000 /* docs of one event: texts, pictures, seats, tickets */
#define EVENTS_MAX 1000             /* a city's years of events in one file */
#define PARTICIPANTS_MAX 100000     /* one event: twice the largest hall we plan for */
#define TICKETS_MAX 100000
#define TICKETS_DESK_MAX 3000       /* issued at once at the desk: 125 sheets, a frame of 40 kB */
#define TICKET_BATCHES_DESK_MAX 200 /* then the desk issues no more, and its list stays short */
#define IDEAS_MAX 20000             /* one event; the desk is tested with 5,000 */
#define IDEAS_OWN_PENDING_MAX 50    /* one person's ideas waiting: more is spam */
#define DESK_PLACES_MAX 1000 /* one event: a crew of ten, invited anew every day of a season */
#define REPORTS_OWN_MAX 20          /* ideas that one person reports: more is spam */
#define REPORTS_MAX 200000          /* one event */
#define SUPPORT_OWN_MAX 2000        /* times that one person supports an idea, taken back or not */
#define SUPPORT_MAX 4000000         /* one event, at a time: four bytes each */
#define GROUPS_MAX 60               /* one event: beyond that nobody finds the own one */
#define TAGS_MAX 30                 /* one event: beyond that they do not sort ideas */
#define CHALLENGES_MAX 12           /* one event: each is an own competition */
#define LABELS_MAX 1000             /* of all kinds, dropped ones included */
#define FOLLOWS_MAX 20000           /* one event: what became of its ideas, undone steps included … */
#define IDEA_FOLLOWS_MAX 100        /* … and of one: a step a month for eight years */
#define IDEA_TAGS_MAX 5             /* of one idea … */
#define IDEA_TAGS_OWN_MAX 3         /* … and as many a participant may give it */
#define NICKNAME_WORDS 48           /* in each list: 2,304 pairs, then they get numbers */
#define PHASES_MAX 16               /* one agenda: the longest template has seven */
#define PHASE_MINUTES_MAX 1440      /* one phase: a day */
#define PHASE_STARTS_MAX 1000       /* one event, back and forth included */
#define TIMER_LOG_MS 10000          /* a running time is entered so often: what a crash costs */
#define TIMER_MS_MAX 172800000      /* two days: a phase of a day, and as much again */
#define POLLS_MAX 500
#define OPTIONS_MAX 200             /* one poll: beyond that nobody ranks */
#define SCORE_MAX 5                 /* six radio buttons fit a phone, and no more are told apart */
#define SHARES_MAX 4                /* of one poll: jury, audience, and two more */
#define DOTS_MAX 20                 /* one person's: more are tapped too long on a phone */
#define BALLOTS_KEPT_MAX 4000000    /* one poll, revotes included */
#define PAPER_PILES_MAX 60          /* one batch on paper: what somebody checks in one go … */
#define PAPER_MARKS_MAX 600         /* … all marks on it */
#define PAPER_COUNT_MAX 10000       /* equal ballots on a pile, or hands in a hall */
#define PAPER_BATCHES_MAX 100       /* one poll, dropped ones included */
#define EVENT_BATCHES_MAX 1000      /* one event, likewise: each takes 4 kB */
#define REVOTES_MAX 1000            /* one slot in one poll: beyond that it is a machine */
#define UNDO_MS 600000              /* an act of a moderator can be undone: as SEAL_AFTER_MS */
#define UNDO_ACTS_MAX 256           /* … the last of an event: a batch at the desk, and some */
#define PICTURES_LEAVING_MAX 4096   /* taken off an idea, until no undo brings them back */
#define COMMANDS_KEPT_MAX 65536     /* repeated commands that find their first outcome */

/* connections */
#define CONNECTIONS_MAX 60000       /* clipped to the fd limit at start */
#define OUTBOX_BYTES_MAX 65536      /* one phone: four full results */
#define GREETING_RESULTS_BYTES_MAX 20480 /* of those, for one that comes */
#define OUTBOX_FRAMES_MAX 64
#define SEND_TOGETHER_MAX 8         /* … of which so many wait for another, to go with it */
#define OUTBOX_LARGE_MAX 4          /* frames larger than all that: a greeting has two */
#define HEARTBEAT_MS 10000          /* the app's own ping … */
#define HEARTBEATS_PER_S 500        /* … of all lines together; where there are more … */
#define HEARTBEAT_SLOW_MS 30000     /* … each pings more rarely, down to this */
#define HEARTBEAT_DEAD_MS 20000     /* two missed */
#define WRITE_STUCK_MS 15000        /* a writer that makes no progress is cut */
#define PASSES_MAX 4096             /* 13 s of the most joins that there may be */
#define PASS_MS 60000               /* longer than any line takes between join and hello */
#define HELLO_WAIT_MS 10000         /* a socket must say who it is */
#define HEADER_WAIT_MS 10000
#define BODY_WAIT_MS 10000
#define FANOUT_SLICE 128            /* connections a loop turn: about 1.5 ms */
#define CLOSE_WAIT_MS 2000          /* shutdown waits this long for Close frames */
#define NEWCOMER_MS_MAX 30000       /* however busy we are: three times HEADER_WAIT_MS */
#define STRANGERS_MAX 4096          /* connections that are no greeted WebSocket; then those … */
#define STRANGER_STILL_MS 1000      /* … go who are silent for so long, or accepting waits */
#define ACCEPTS_PER_TURN 64         /* new sockets a loop turn: others want to be heard */
#define LISTEN_BACKLOG 4096         /* a hall's phones knocking at once */
#define KEEPALIVE_S 10              /* an idle HTTP connection: longer than a page takes */
#define FILES_RESERVED 128          /* file descriptors that are no connections */
#define WRITE_PIECE_BYTES 16384     /* written at a time: one TLS record, what a phone stuck
                                       in the middle costs */
#define SOCKET_SEND_BYTES 65536     /* kernel's send buffer of one socket */
#define SOCKET_UNSENT_BYTES 16384   /* above that a socket takes no new frames: fresh ones
                                       are better */
#define PATH_BYTES_MAX 256          /* of a request; the longest we have takes 60 */
#define HOST_BYTES_MAX 256          /* a DNS name and a port */
#define WEB_FILES_MAX 4096          /* built web files, compressed forms included */
#define WEB_BYTES_MAX (64UL * 1024 * 1024) /* they lie in memory; we build 1 MB */
#define LIBRARY_LOG_LINES_MAX 20    /* a second; strangers can make it talk */

/* rates: a person's, never an address's; tests/bench lifts those in #ifndef */
#define RATE_REFUSALS_MAX 200 /* "too fast", answered in a row; then the line is cut */
#ifndef RATE_MESSAGES_PER_S
#define RATE_MESSAGES_PER_S 5
#define RATE_MESSAGES_BURST 20
#endif
#define RATE_DESK_PER_S 50          /* a moderator's script releases ideas in bulk */
#define RATE_DESK_BURST 500
#define WRONG_CODES_PER_S 50        /* all connections together; right codes do not count */
#ifndef JOINS_PER_S
#define JOINS_PER_S 300             /* an event's, by its code; tickets do not count */
#define JOINS_BURST 2000
#endif
#define TICKET_MOVES_PER_S 1        /* one ticket's: from phone to phone and back */
#define TICKET_MOVES_BURST 5
#define WINDOWS_MAX 16              /* one person's at a time; then the oldest goes */
#define ONLOOKERS_MAX 400           /* an event's screens of nobody's: walls, and who looks on */

/* live */
#define LIVE_SCREEN_MS 250          /* desk and stage: four a second */
#define LIVE_PHONE_MS 1000          /* phones: one a second */
#define LIVE_RESULT_FIRST 20        /* live results begin at so many ballots … */
#define LIVE_RESULT_STEP 8          /* … and move in steps, so that none is seen alone */

/* the log */
#define BATCH_ENTRIES_MAX 512       /* one row; about 150 kB */
#define BATCH_BYTES_MAX 1048576
#define RESTORE_LEAP 1000000000LL   /* positions: more than one event's log will ever have */
#define COMMIT_FLOOR_MS 1           /* between two batches of ballots: unseen, kind to disks */
#define STORE_RING_SLOTS 4096       /* full: "busy", never silence */
#define STORE_RING_BYTES_MAX (64LL * 1024 * 1024) /* 64 of the largest rows */
#define STORE_LOG_PAGES 4000        /* of 4 kB in the WAL; then they are moved into the file */
#define STORE_BACKUP_PAGES 64       /* copied between two batches: a commit's time */
#define STORE_FORGET_ROWS 200       /* of a lane, deleted between two batches */
#define STORE_BACKUP_REST_MS 2      /* between such copies; commits wait for it, too */
#define STORE_BACKUP_ROOM_BYTES (32LL * 1024 * 1024) /* stay free beside a copy: for the WAL */
#define BACKUP_PIECE_BYTES 65536    /* read and written at a time */
#define BACKUP_KEYS_BYTES_MAX (64UL * 1024 * 1024) /* every poll of every event, twice */
#define BACKUP_LAST_MS 10000        /* stopping waits for the last one; systemd for 20 s */
#define BACKUP_LATE_MS 300000       /* under way for so long: that is said */
#define BACKUP_RETRY_MS 1000        /* another one is under way */
#define BACKUP_EVERY_S_MIN 1        /* a drill; a minute is the default */
#define BACKUP_EVERY_S_MAX 86400    /* a day */
#define STORE_FREE_BYTES_MIN (64LL * 1024 * 1024) /* start refuses below */
#define CLOSE_IN_MS_MAX 60000       /* a close that is announced: ten seconds, as a rule */
#define REHEARSAL_PHONES_MAX 1000   /* from the desk: they share the machine with the server */
#define REHEARSAL_GUESTS_MAX 5      /* real phones of a crew that tries things out */
#define REHEARSAL_MS_MAX 120000     /* it takes a minute; one that does not end is no good sign */
#define REHEARSAL_BYTES_MAX 16384   /* what it prints has 3,000 */
#define REHEARSAL_LOOK_MS 500       /* how often the desk is told, and others are looked at */
#define REHEARSAL_CLEAR_TRIES 20    /* to throw its event away; then the next start does it */
#define SEAL_AFTER_MS 600000        /* ten minutes after closing */
#define DESK_LINK_MS (24LL * 60 * 60 * 1000) /* unused links die after a day */
#define SESSION_MS (12LL * 60 * 60 * 1000)
#define OFFICE_LINK_MS (15LL * 60 * 1000)
#define OFFICE_PASSES_MAX 64 /* links and sessions of the office: a small crew */
#define NOTICE_CHARS_MAX 8000 /* of an imprint, or of what is said about privacy */
#define ABOUT_BYTES_MAX 131072 /* both, and who runs the server */
#define OFFICE_PER_S 5
#define OFFICE_BURST 50
#define OFFICE_PROMISES_MAX 500 /* that are overdue, in one answer: a city looks at its worst */

/* publication: the floor of small groups */
#define PUBLISH_STATISTICS_MIN 5
#define PUBLISH_BALLOTS_MIN 20
#define TEAM_TOLD_MIN 5             /* people: of a smaller one the author is known */
#define PUBLISH_SHARE_MIN 2         /* what one ballot decides is the ballot */
#define PUBLISH_BALLOTS_RANKS_MAX 3
#define PUBLISH_BALLOTS_OPTIONS_MAX 5 /* so few options may be ranked to any length */
#define BALLOTS_LISTED_MAX 10000    /* of a sealed poll, for phones to look for their own … */
#define BALLOTS_LIST_BYTES_MAX 8388608 /* … each about 400 bytes at most, and the paper */

/* our own client: replay, demo, tests */
#define CLIENT_HEAD_BYTES_MAX 16384     /* an HTTP answer's head */
#define CLIENT_BODY_BYTES_MAX 268435456 /* an export of the largest event as a ZIP */
#define CLIENT_MESSAGE_BYTES_MAX 67108864 /* a change from position 0 with every idea */
#define CLIENT_OUTBOX_BYTES_MAX 1048576 /* requests that wait for the socket */
#define CLIENT_READ_BYTES 65536         /* one read */
#define CLIENT_EVENTS_MAX 512           /* sockets handled a loop turn */
#define CLIENT_HTTP_WAIT_MS 30000       /* a whole HTTP request */
#define PHONE_REQUESTS_MAX 64           /* one simulated phone's unanswered requests */
#define PHONE_REOPEN_MS_MIN 50          /* after a lost line; doubles … */
#define PHONE_REOPEN_MS_MAX 2000        /* … up to this */
#define PHONE_PATIENCE_MS 30000         /* without a line: given up */
#define PHONE_ANSWER_WAIT_MS 60000      /* a desk's command, refusals to wait included */
#define PHONE_TICK_MS 20                /* how exactly retries and pings are timed */
#define REPLAY_FILE_BYTES_MAX 268435456 /* a ballot file or a list of tickets */

#define LOAD_SECONDS_MAX 600            /* one part of a rehearsal */
#define LOAD_BALLOTS_MAX 500000         /* all of them different: there are 665,280 rankings */

#define EXIT_STORE_FAILED 75 /* the unit does not restart on it */

#endif
