namespace CleanSync.ExchangeSimulator;

/// <summary>Whether NTLM over TLS must be bound to the channel that ends at this server, as IIS has it.</summary>
public enum ExtendedProtection
{
    /// <summary>A binding is not looked at.</summary>
    None,

    /// <summary>A binding that is sent must be right; a client that sends none passes.</summary>
    Allow,

    /// <summary>The right binding must be sent.</summary>
    Require,
}

/// <summary>What goes wrong between the messages of NTLM.</summary>
public enum HandshakeTrouble
{
    None,

    /// <summary>The first message is not answered: the connection breaks.</summary>
    DropsAtTheFirstMessage,

    /// <summary>The first message is answered by the name of the scheme alone.</summary>
    AnswersWithoutChallenge,

    /// <summary>With the challenge the server announces that it closes the connection.</summary>
    ClosesWithTheChallenge,

    /// <summary>The message with the proof is not answered: the connection breaks.</summary>
    DropsAtTheProof,

    /// <summary>The challenge is none that a client could answer.</summary>
    SendsAnUnusableChallenge,
}
