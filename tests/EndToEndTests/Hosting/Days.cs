namespace CleanSync.EndToEndTests.Hosting;

/// <summary>Days that stories take place on.</summary>
internal static class Days
{
    /// <summary>Midnight of tomorrow, in UTC.</summary>
    public static DateTimeOffset Tomorrow { get; } = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
}
