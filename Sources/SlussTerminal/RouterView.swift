import SlussDomain

/// Is it an idea at all? One screen, never a lock.
struct RouterView: View {
    /// What a person may want to tell that is not, or not only, an idea.
    enum Channel: Int, CaseIterable {
        case deviation = 2
        case injury
        case offence
        case fault
        case employment
        case wrongdoing
        case complaint

        var label: TextKey {
            switch self {
            case .deviation: .routeDeviation
            case .injury: .routeInjury
            case .offence: .routeOffence
            case .fault: .routeFault
            case .employment: .routeEmployment
            case .wrongdoing: .routeWrongdoing
            case .complaint: .routeComplaint
            }
        }

        var channel: TextKey {
            switch self {
            case .deviation: .channelDeviation
            case .injury: .channelInjury
            case .offence: .channelOffence
            case .fault: .channelFault
            case .employment: .channelEmployment
            case .wrongdoing: .channelWrongdoing
            case .complaint: .channelComplaint
            }
        }

        /// Whether the improvement in it can be kept as an idea.
        var allowsIdea: Bool { self != .employment && self != .wrongdoing }

        /// Where an idea comes from that begins here.
        var origin: Origin {
            switch self {
            case .deviation, .injury: .deviation
            case .complaint: .viewpoint
            default: .own
            }
        }
    }

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        return Page(
            heading: texts(.giveIdea), body: [Page.Line(texts(.routeQuestion), .strong)],
            prompt: .choice(
                [Page.Choice(1, texts(.routeIdea))]
                    + Channel.allCases.map { Page.Choice($0.rawValue, texts($0.label)) },
                preselected: 1))
    }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        guard case .digit(let digit) = answer else { return .go(.back) }
        if digit == 1 {
            return .go(.replace(IdeaView(form: IdeaForm(draftID: desk.newDraftID()))))
        }
        guard let channel = Channel(rawValue: digit) else { return Move() }
        return .go(.push(ChannelView(channel: channel)))
    }
}

/// Where to tell it instead, and whether the improvement in it can be kept here.
struct ChannelView: View {
    let channel: RouterView.Channel

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        var body = [Page.Line(texts(channel.channel), .strong)]
        body.append(
            Page.Line(texts(channel.allowsIdea ? .channelIdeaToo : .channelNothingKept)))
        var choices: [Page.Choice] = []
        if channel.allowsIdea { choices.append(Page.Choice(1, texts(.writeImprovement))) }
        choices.append(Page.Choice(2, texts(.toStart)))
        return Page(
            heading: texts(channel.label), body: body, prompt: .choice(choices, preselected: nil))
    }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        switch answer {
        case .digit(1):
            var form = IdeaForm(draftID: desk.newDraftID())
            form.origin = channel.origin.rawValue
            form.channel = desk.texts(channel.channel)
            return .go(.replace(IdeaView(form: form)))
        case .digit: return .go(.start)
        default: return .go(.back)
        }
    }
}
