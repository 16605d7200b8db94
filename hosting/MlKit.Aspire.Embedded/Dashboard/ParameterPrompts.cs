using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using MlKit.Aspire.Embedded.Runtime;

namespace MlKit.Aspire.Embedded.Dashboard;

/// <summary>
/// Lets the dashboard ask for the parameters that have no value. What uses one waits until the value is there, in
/// place of failing; the value counts for this run, and for later ones where the visitor wants it.
/// </summary>
internal sealed class ParameterPrompts(ResourceNotificationService notifications, IUserSecretsManager secrets)
{
    private const string Keep = "keep-value";

    /// <summary>Gives each parameter without a value the command that sets it.</summary>
    public async Task AskAsync(DistributedApplicationModel model, CancellationToken cancellationToken)
    {
        foreach (var parameter in model.Resources.OfType<ParameterResource>().Where(parameter => parameter.WaitForValueTcs is null))
        {
            if (await IsMissingAsync(parameter, cancellationToken))
            {
                parameter.WaitForValueTcs = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
                if (Kept(parameter) is { } kept)
                {
                    parameter.WaitForValueTcs.SetResult(kept);
                }
                else
                {
                    parameter.Annotations.Add(Command(parameter));
                }
            }
        }
    }

    private static async Task<bool> IsMissingAsync(ParameterResource parameter, CancellationToken cancellationToken)
    {
        try
        {
            await parameter.GetValueAsync(cancellationToken);
            return false;
        }
        catch (MissingParameterValueException)
        {
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The author's callback failed: that is shown as the parameter's state, and asking would not mend it.
            return false;
        }
    }

    // Read where it was kept: not every environment takes its configuration from there.
    private string? Kept(ParameterResource parameter) =>
        secrets.IsAvailable && File.Exists(secrets.FilePath) ? new ConfigurationBuilder().AddJsonFile(secrets.FilePath).Build()[parameter.ConfigurationKey] : null;

    private ResourceCommandAnnotation Command(ParameterResource parameter) => new(
        KnownResourceCommands.SetParameterCommand,
        "Set value",
        context => context.ResourceSnapshot.State?.Text == KnownResourceStates.ValueMissing ? ResourceCommandState.Enabled : ResourceCommandState.Hidden,
        context => SetAsync(parameter, context),
        parameter.Description,
        secrets.IsAvailable ? [InputGeneratorAnnotation.FieldOf(parameter), KeepField()] : [InputGeneratorAnnotation.FieldOf(parameter)],
        confirmationMessage: null,
        "Key",
        IconVariant.Regular,
        isHighlighted: true);

    private InteractionInput KeepField() => new()
    {
        Name = Keep,
        Label = "Keep for later runs",
        InputType = InputType.Boolean,
        Description = $"In {secrets.FilePath}, which only you can read.",
    };

    private async Task<ExecuteCommandResult> SetAsync(ParameterResource parameter, ExecuteCommandContext context)
    {
        var value = context.Arguments is [var field, ..] ? field.Value ?? "" : "";
        if (!parameter.WaitForValueTcs!.TrySetResult(value))
        {
            return CommandResults.Failure($"'{parameter.Name}' has its value already");
        }

        await PassiveResources.PublishAsync(parameter, notifications, context.CancellationToken);
        var isToBeKept = context.Arguments.Any(input => input.Name == Keep && bool.TryParse(input.Value, out var keep) && keep);
        return CommandResults.Success(
            !isToBeKept ? $"'{parameter.Name}' is set for this run"
            : secrets.TrySetSecret(parameter.ConfigurationKey, value) ? $"'{parameter.Name}' is set and kept for later runs"
            : $"'{parameter.Name}' is set for this run; it could not be kept in {secrets.FilePath}");
    }
}
