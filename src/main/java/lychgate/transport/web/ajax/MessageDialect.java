package lychgate.transport.web.ajax;

import lychgate.transport.Dialect;
import lychgate.transport.web.format.Message;

/** A dialect of whole messages. */
public interface MessageDialect extends Dialect {
    /**
     * Takes a message; the next one only after this one.
     *
     * @param done run once all of it has been processed
     */
    void received(Message message, Runnable done);
}
