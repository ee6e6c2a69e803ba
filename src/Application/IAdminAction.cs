using CleanSync.Domain;
using MediatR;

namespace CleanSync.Application;

/// <summary>
/// A request by which an admin changes something. The audit log holds who sent it, what it was about, and what came of it.
/// </summary>
public interface IAdminAction
{
    /// <summary>What it is about, and how that is looked at before and after.</summary>
    AuditSubject Subject { get; }

    /// <summary>
    /// What was asked for: the request itself. The log takes secrets, titles and clients out, cuts addresses, and sets the names of staff
    /// aside, before a row is written. An action that is about what the log may not hold says less: an erasure its ids and how many, never
    /// what was searched for.
    /// </summary>
    object Asked => this;

    /// <summary>True when it only says what would happen, and changes nothing.</summary>
    bool IsDryRun => false;

    /// <summary>
    /// What else a reader of the log should know, such as "a new password was given". Never a secret, a title or a client's detail.
    /// </summary>
    string? Note => null;

    /// <summary>What came of it beside the view, such as how many; null when nothing is to say. Like the note it holds no secret.</summary>
    string? NoteOf(object made) => null;

    /// <summary>Of a request that makes its subject: what it made.</summary>
    AuditSubject SubjectOf(object made) => Subject;
}

/// <summary>What an admin action is about, such as staff/anna, and how its view is read; views hold no secrets.</summary>
public sealed class AuditSubject
{
    private readonly Func<IMediator, CancellationToken, Task<object?>> read;

    private AuditSubject(string name, Func<IMediator, CancellationToken, Task<object?>> read)
    {
        Name = name;
        this.read = read;
    }

    /// <summary>The kind and the id, such as staff/anna; the kind alone while there is no id yet.</summary>
    public string Name { get; }

    /// <param name="view">The request that reads it; a refusal means that it does not exist.</param>
    public static AuditSubject Of<T>(string kind, object id, IRequest<Result<T>> view) =>
        new($"{kind}/{id}", async (mediator, ct) => (await mediator.Send(view, ct)).Content);

    /// <summary>Several at once, or nothing that has a view of its own.</summary>
    public static AuditSubject Of(string name) => new(name, (_, _) => Task.FromResult<object?>(null));

    /// <summary>What does not exist before the action.</summary>
    public static AuditSubject New(string kind) => Of(kind);

    /// <summary>Null when it does not exist.</summary>
    public Task<object?> Read(IMediator mediator, CancellationToken ct) => read(mediator, ct);
}
