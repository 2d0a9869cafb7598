import Glibc
import SlussCore
import SlussFrontEnd
import SlussSync
import SlussTerminal

/// Something that a person looks at and types on.
protocol Terminal {
    /// Takes the terminal over.
    func open()
    /// Gives it back.
    func close()
    /// Shows where the client is.
    func show(_ client: inout Client) throws
    /// The next events; after `timeout` seconds with nothing pressed, none.
    func events(_ client: Client, timeout: Int?) -> [TerminalEvent]
    /// Clears the screen, and what has scrolled off it.
    func clear()
}

/// What a terminal reports.
enum TerminalEvent {
    /// For the client.
    case client(Event)
    /// The window has another size, or was painted over: show it again.
    case shown
}

/// Runs the client: events in, effects done, the screen shown.
struct Session {
    var client: Client
    let backend: Backend
    let today: () -> Day
    let terminal: any Terminal

    /// Runs until the person or the system ends it.
    mutating func run() throws {
        terminal.open()
        defer { terminal.close() }
        perform(client.begin())
        var idle = IdleClock()
        while !client.isEnded {
            do { try terminal.show(&client) } catch {
                // Nobody sees any more what is asked; what is being written is kept.
                perform(client.handle(.ending))
                throw error
            }
            let events = terminal.events(client, timeout: idle.timeout(client))
            client.set(today: today())
            if events.isEmpty {
                idle.told = idle.elapsed
                perform(client.handle(.idle(seconds: idle.told)))
            }
            for event in events {
                guard case .client(let event) = event, !client.isEnded else { continue }
                idle = IdleClock()
                perform(client.handle(event))
            }
        }
    }

    private mutating func perform(_ effects: [Effect]) {
        var queue = effects
        while !queue.isEmpty {
            let effect = queue.removeFirst()
            switch effect {
            case .quit: continue
            case .lock:
                backend.forget()
                terminal.clear()
            case .keepAgain(let draft, let person):
                if backend.save(draft, for: person) == nil { client.hasKept(draft) }
            case .saveDraft(let draft):
                if let reason = backend.save(draft) {
                    client.couldNotKeep(draft, for: backend.personID, reason)
                }
            default:
                // What takes a while is said before it is done.
                if case .exchange = effect { try? terminal.show(&client) }
                guard let reply = backend.reply(to: effect) else { continue }
                queue = client.handle(.reply(reply)) + queue
            }
        }
    }
}

/// How long nothing has been pressed.
struct IdleClock {
    private let start = Self.now()
    /// Up to when the client has been told.
    var told = 0

    /// Whole seconds since the last key.
    var elapsed: Int { Int(Self.now() - start) }

    /// After how many seconds to look again; `nil` is never.
    func timeout(_ client: Client) -> Int? {
        client.wake(after: told).map { max(1, $0 - elapsed) }
    }

    /// Seconds that go on while the computer sleeps: a closed lid must not keep a screen open.
    private static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Int64(time.tv_sec)
    }
}
