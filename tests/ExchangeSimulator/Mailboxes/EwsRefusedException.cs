namespace CleanSync.ExchangeSimulator.Mailboxes;

/// <summary>Exchange says no to one input of a request; the code is one of the EWS response codes.</summary>
public sealed class EwsRefusedException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>The primary address of the mailbox that was meant.</summary>
    public string? Primary { get; init; }

    public static EwsRefusedException ItemNotFound() => new("ErrorItemNotFound", "The specified object was not found in the store.");
    public static EwsRefusedException FolderNotFound() =>
        new("ErrorFolderNotFound", "The specified folder could not be found in the store.");
    public static EwsRefusedException AccessDenied() => new("ErrorAccessDenied", "Access is denied. Check credentials and try again.");
    public static EwsRefusedException NonExistentMailbox() =>
        new("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.");
    public static EwsRefusedException MalformedId() => new("ErrorInvalidIdMalformed", "Id is malformed.");
}
