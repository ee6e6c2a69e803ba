namespace CleanSync.Infrastructure.Exchange.Protocol.Connections;

/// <summary>The server's clock beside ours, read in the same moment; HTTP tells whole seconds.</summary>
internal sealed record ServerClock(DateTimeOffset Said, DateTimeOffset Here)
{
    /// <summary>Above zero when the server's clock is ahead.</summary>
    public TimeSpan Ahead => Said - Here;
}
