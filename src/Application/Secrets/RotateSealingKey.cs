using System.Globalization;
using CleanSync.Domain;
using MediatR;

namespace CleanSync.Application.Secrets;

/// <summary>
/// Seals every stored password anew under the key in use. A node that has the former key as well goes on meanwhile, and needs it no more
/// afterwards.
/// </summary>
public sealed record RotateSealingKey : IRequest<Result<RotatedKey>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("sealing-key");

    string? IAdminAction.NoteOf(object made) =>
        string.Create(CultureInfo.InvariantCulture, $"{((RotatedKey)made).Passwords} passwords sealed anew");

    internal sealed class Handler(IPasswordSeals passwords) : IRequestHandler<RotateSealingKey, Result<RotatedKey>>
    {
        public Task<Result<RotatedKey>> Handle(RotateSealingKey command, CancellationToken ct) => passwords.SealAnew(ct);
    }
}

/// <summary>How many passwords were sealed anew.</summary>
public sealed record RotatedKey(int Passwords);
