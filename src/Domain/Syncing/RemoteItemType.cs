namespace CleanSync.Domain.Syncing;

public enum RemoteItemType
{
    Single,
    Occurrence,
    Exception,
    SeriesMaster,
}
