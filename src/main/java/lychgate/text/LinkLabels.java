package lychgate.text;

import java.util.ArrayList;
import java.util.List;

/** Completes what is shown of links: a bare address is its own words. */
final class LinkLabels {
    private LinkLabels() {}

    /**
     * The spans, in which every link has words.
     *
     * @param addressed whether an address is shown after words that cannot link to it
     */
    static List<Span> completed(List<Span> spans, boolean addressed) {
        if (spans.stream().noneMatch(Span.Link.class::isInstance)) {
            return spans;
        }
        List<Span> completed = new ArrayList<>(spans.size() + 1);
        for (Span span : spans) {
            if (span instanceof Span.Link link) {
                complete(link, addressed, completed);
            } else {
                completed.add(span);
            }
        }
        return completed;
    }

    private static void complete(Span.Link link, boolean addressed, List<Span> completed) {
        String words = Spans.words(link.label()).strip();
        String address = link.kind() == Span.Link.Kind.URL ? link.target().strip() : "";
        List<Span> label = new ArrayList<>(completed(link.label(), addressed));
        if (words.isEmpty() && !address.isEmpty()) {
            label.add(new Span.Words(address));
        }
        completed.add(new Span.Link(link.kind(), link.target(), label));
        if (addressed && !words.isEmpty() && !address.isEmpty() && !words.equals(address)) {
            completed.add(new Span.Words(" (" + address + ")"));
        }
    }
}
