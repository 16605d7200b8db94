using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Runtime;

namespace MlKit.Aspire.Embedded.Dashboard;

/// <summary>
/// Lets the dashboard ask for the parameters that have no value. What uses one waits until the value is there, in
/// place of failing; the value counts for this run.
/// </summary>
internal sealed class ParameterPrompts(ResourceNotificationService notifications)
{
    /// <summary>Gives each parameter without a value the command that sets it.</summary>
    public async Task AskAsync(DistributedApplicationModel model, CancellationToken cancellationToken)
    {
        foreach (var parameter in model.Resources.OfType<ParameterResource>().Where(parameter => parameter.WaitForValueTcs is null))
        {
            if (await IsMissingAsync(parameter, cancellationToken))
            {
                parameter.WaitForValueTcs = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
                parameter.Annotations.Add(Command(parameter));
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

    private ResourceCommandAnnotation Command(ParameterResource parameter) => new(
        KnownResourceCommands.SetParameterCommand,
        "Set value",
        context => context.ResourceSnapshot.State?.Text == KnownResourceStates.ValueMissing ? ResourceCommandState.Enabled : ResourceCommandState.Hidden,
        context => SetAsync(parameter, context),
        parameter.Description,
        [InputGeneratorAnnotation.FieldOf(parameter)],
        confirmationMessage: null,
        "Key",
        IconVariant.Regular,
        isHighlighted: true);

    private async Task<ExecuteCommandResult> SetAsync(ParameterResource parameter, ExecuteCommandContext context)
    {
        if (!parameter.WaitForValueTcs!.TrySetResult(context.Arguments is [var field, ..] ? field.Value ?? "" : ""))
        {
            return CommandResults.Failure($"'{parameter.Name}' has its value already");
        }

        await PassiveResources.PublishAsync(parameter, notifications, context.CancellationToken);
        return CommandResults.Success($"'{parameter.Name}' is set for this run");
    }
}
