/* The table of commands: one row, one function, one file cmd_NAME.c. */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

/* argv[0] is the command's last word; options follow. Returns the exit code. */
typedef int command_fn(int argc, char **argv);

command_fn cmd_serve;         /* stimmwerk serve */
command_fn cmd_event_create;  /* stimmwerk event create */
command_fn cmd_event_list;    /* stimmwerk event list */
command_fn cmd_event_link;    /* stimmwerk event link */
command_fn cmd_event_tickets; /* stimmwerk event tickets */
command_fn cmd_event_archive; /* stimmwerk event archive */
command_fn cmd_event_delete;  /* stimmwerk event delete */
command_fn cmd_office;        /* stimmwerk office */
command_fn cmd_export;        /* stimmwerk export */
command_fn cmd_backup;        /* stimmwerk backup */
command_fn cmd_restore;       /* stimmwerk restore */
command_fn cmd_tally;         /* stimmwerk tally */
command_fn cmd_methods;       /* stimmwerk methods */
command_fn cmd_convert;       /* stimmwerk convert */
command_fn cmd_replay;        /* stimmwerk replay */
command_fn cmd_demo;          /* stimmwerk demo: simulated phones for deploy/run --demo */
command_fn cmd_load; /* stimmwerk load: a rehearsal, and how much a server holds */
command_fn cmd_qr;   /* stimmwerk qr TEXT: draws a QR code in the terminal */

#endif
