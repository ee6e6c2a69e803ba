using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Infrastructure.Traffic;

/// <summary>What one kind of server tells of itself by its answers and failures, in words that traffic goes by.</summary>
internal interface ICallSigns
{
    /// <summary>Null when the exception is no failure of a call.</summary>
    CallSign? Of(Exception failure);

    /// <summary>Why the password was refused, for an admin; null when it was not.</summary>
    Error? CredentialRefusal(Exception failure, ServerConnection server);

    /// <summary>What an answer asks for; null when it asks for no pause.</summary>
    PauseAsked? PauseIn(object? answer);

    /// <summary>The failure of a call that was given up because others needed its place: as one that was not answered in time.</summary>
    Exception CutOff(Exception cut);
}

/// <summary>What the failure of a call tells of the server, the way to it, and the password.</summary>
internal sealed record CallSign
{
    /// <summary>The pause that the server asks for; null when it asks for none.</summary>
    public PauseAsked? Pause { get; init; }

    /// <summary>The server itself understood what was asked, and refused it.</summary>
    public bool IsUnderstood { get; init; }

    /// <summary>Something answered, be it a gateway.</summary>
    public bool IsAnswered { get; init; }

    /// <summary>No answer came in time.</summary>
    public bool TimedOut { get; init; }

    /// <summary>The server saw the password and refused it, as wrong, expired, or of an account that is locked.</summary>
    public bool RefusesPassword { get; init; }

    /// <summary>Under load a right password is refused like this now and then; any other refusal is believed at once.</summary>
    public bool MayBeOfLoad { get; init; }

    /// <summary>
    /// The password was sent, and nobody said what came of it: the connection broke off, time ran out, or the server behind a gateway gave
    /// no answer. The directory may have counted it.
    /// </summary>
    public bool LeavesPasswordOpen { get; init; }
}

/// <summary>Connections that are logged on already, over which a password is not tried.</summary>
internal interface ILogonConnections
{
    /// <summary>The next call of the integration logs on anew.</summary>
    void Reset(Guid integrationId);
}
