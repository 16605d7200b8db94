namespace MlKit.OnlineStore;

/// <summary>What <see cref="MemoryGuard"/> watches and acts on.</summary>
internal interface IGuardedStore
{
    /// <summary>Bytes that records and their keys take.</summary>
    long UsedBytes();

    /// <summary>Gives clients the right to write, or takes it; they may always read and delete.</summary>
    /// <exception cref="IOException">The store does not do it.</exception>
    Task AllowWritesAsync(bool allow, CancellationToken cancellationToken);
}
