using CleanSync.EndToEndTests.Hosting;

namespace CleanSync.EndToEndTests.Time;

/// <summary>Stories of an office whose clock stands still at <see cref="Today"/> until the test moves it.</summary>
public abstract class ClockedStory(params string[] staff) : OfficeStory(staff)
{
    private protected static DateTimeOffset Today { get; } = new(2026, 6, 10, 8, 0, 0, TimeSpan.Zero);

    private protected override ClockedHost Host { get; } = new(Today);
}
