package lychgate.admin;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** No page for operators: all its paths are unknown. */
enum NoPage implements AdminHttp.Page {
    INSTANCE;

    @Override
    public boolean has(String path) {
        return false;
    }

    @Override
    public boolean takesPost(String path) {
        return false;
    }

    @Override
    public void answer(Request request, Response response, Callback callback) {
        throw new IllegalStateException("nothing is asked of it");
    }
}
