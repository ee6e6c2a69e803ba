namespace CleanSync.Infrastructure.Exchange.Protocol;

/// <summary>
/// What a server says of itself (ServerVersionInfo); a missing number is 0. The label may be no valid request value
/// (<c>V2017_07_11</c>): judge by major and minor, 15.0 being 2013, 15.1 being 2016, 15.2 being 2019 and Subscription Edition.
/// </summary>
internal sealed record EwsServerVersion(
    int Major,
    int Minor,
    int MajorBuild,
    int MinorBuild,
    string? Label);
