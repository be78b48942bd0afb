package lychgate.portal;

import lychgate.session.GameLink;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The reasons why the portal is not ready, as {@code /readyz} gives them; none if it is. */
record Readiness(LinkReport report, Liveness liveness, GameLink link, Drain drain)
        implements Supplier<List<String>> {
    @Override
    public List<String> get() {
        List<String> reasons = new ArrayList<>(report.status().unready());
        reasons.addAll(liveness.hindrances());
        reasons.addAll(link.troubles());
        reasons.addAll(drain.unready());
        return reasons;
    }
}
