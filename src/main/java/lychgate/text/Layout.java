package lychgate.text;

import lychgate.session.ClientFacts;

/**
 * What is laid out for each client: at the width of its window, or to be read aloud. Other lines
 * have the same characters for all.
 */
public sealed interface Layout permits Table, Columns {

    /** The markup for a client. */
    Markup shownTo(ClientFacts client);
}
