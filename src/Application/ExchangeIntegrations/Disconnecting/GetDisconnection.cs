using CleanSync.Domain;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Disconnecting;

/// <summary>
/// How far a disconnection is, or the report of one that has ended; with <paramref name="OrWouldBe"/> also what it would do.
/// </summary>
/// <param name="OrWouldBe">An integration that is not being disconnected is answered with what that would do, instead of a refusal.</param>
public sealed record GetDisconnection(Guid Id, bool OrWouldBe = false) : IRequest<Result<DisconnectionView>>;
