package lychgate.transport;

import lychgate.session.ClientFacts;
import lychgate.session.OutputOptions;
import lychgate.text.RenderStyle;

/** How a client is shown text, by what was last known of it. */
final class ClientStyle {
    private ClientFacts facts = ClientFacts.NONE;
    private RenderStyle plain = RenderStyle.of(ClientFacts.NONE, OutputOptions.NONE);

    /**
     * The style of a text.
     *
     * @param known what is known of the client now
     * @param options what the text says about it
     */
    @SuppressWarnings("ReferenceEquality") // facts are immutable: the same object is no news
    RenderStyle of(ClientFacts known, OutputOptions options) {
        if (known != facts) {
            facts = known;
            plain = RenderStyle.of(known, OutputOptions.NONE);
        }
        return options.said().isEmpty() ? plain : RenderStyle.of(known, options);
    }
}
