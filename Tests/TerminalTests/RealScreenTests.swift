import Testing

/// The built client, driven through tmux: one after another, for the machine is small.
@Suite(.serialized, .enabled(if: TmuxScreen.isPossible, TmuxScreen.reason))
enum RealScreenTests {}
