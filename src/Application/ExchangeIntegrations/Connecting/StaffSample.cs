namespace CleanSync.Application.ExchangeIntegrations.Connecting;

/// <summary>Some of many, evenly spread over the whole.</summary>
internal static class StaffSample
{
    public const int Usual = 20;
    public const int Largest = 100;

    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> all, int size) =>
        all.Count <= size ? all : [.. Enumerable.Range(0, size).Select(i => all[(int)((long)i * all.Count / size)])];
}
