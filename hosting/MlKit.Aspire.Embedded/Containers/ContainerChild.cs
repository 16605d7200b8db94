using MlKit.Aspire.Embedded.Processes;

namespace MlKit.Aspire.Embedded.Containers;

/// <summary>A running container, seen through the process of the CLI that follows it.</summary>
/// <param name="engine">Stops and removes it.</param>
/// <param name="follower">The CLI's process: its output is the container's.</param>
/// <param name="spec">What it was created from.</param>
internal sealed class ContainerChild(ContainerEngine engine, IChildProcess follower, ContainerSpec spec) : IChildProcess
{
    private Task<int>? _exited;

    /// <inheritdoc/>
    public int Id => follower.Id;

    /// <inheritdoc/>
    public DateTimeOffset StartedAt => follower.StartedAt;

    /// <inheritdoc/>
    public Stream Input => follower.Input;

    /// <inheritdoc/>
    public Stream Output => follower.Output;

    /// <inheritdoc/>
    public Stream Error => follower.Error;

    /// <summary>The name of the container in its engine.</summary>
    public string Name => spec.Name;

    /// <inheritdoc/>
    public Task<int> Exited => _exited ??= EndAsync();

    /// <inheritdoc/>
    public void RequestStop() => _ = engine.RunAsync(["stop", spec.Name], CancellationToken.None);

    /// <inheritdoc/>
    public void Release()
    {
        if (spec.IsPersistent)
        {
            follower.Kill();
        }
        else
        {
            RequestStop();
        }
    }

    /// <inheritdoc/>
    public void Kill() => _ = KillAsync();

    /// <inheritdoc/>
    public void Dispose() => follower.Dispose();

    private async Task KillAsync()
    {
        await engine.RunAsync(["kill", spec.Name], CancellationToken.None);
        follower.Kill();
    }

    private async Task<int> EndAsync()
    {
        var exitCode = await follower.Exited;
        if (!spec.IsPersistent)
        {
            // With its anonymous volumes; also where the CLI was killed and the container runs on.
            await engine.RunAsync(["rm", "--force", "--volumes", spec.Name], CancellationToken.None);
        }

        return exitCode;
    }
}
