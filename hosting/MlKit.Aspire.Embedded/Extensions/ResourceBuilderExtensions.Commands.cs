using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Offers a command; one of the same name is replaced.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The name, unique in the resource.</param>
    /// <param name="displayName">What is shown.</param>
    /// <param name="executeCommand">What it does; called once for each replica.</param>
    /// <param name="commandOptions">How it is offered.</param>
    [OverloadResolutionPriority(1)]
    public static IResourceBuilder<T> WithCommand<T>(this IResourceBuilder<T> builder, string name, string displayName, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand, CommandOptions? commandOptions = null)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(displayName);
        ArgumentNullException.ThrowIfNull(executeCommand);
        var options = commandOptions ?? new CommandOptions();
        return builder.OfferCommand(new ResourceCommandAnnotation(
            name,
            displayName,
            options.UpdateState ?? (_ => ResourceCommandState.Enabled),
            executeCommand,
            options.Description,
            options.Arguments,
            options.ConfirmationMessage,
            options.IconName,
            options.IconVariant,
            options.IsHighlighted,
            options.Visibility,
            options.ValidateArguments)
        { CustomParameter = options.CustomParameter, Progress = options.Progress });
    }

    /// <summary>Offers a command; one of the same name is replaced.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The name, unique in the resource.</param>
    /// <param name="displayName">What is shown.</param>
    /// <param name="executeCommand">What it does; called once for each replica.</param>
    /// <param name="updateState">Whether it can be used, given the state of the resource.</param>
    /// <param name="displayDescription">What is explained.</param>
    /// <param name="parameter">A value of the author's.</param>
    /// <param name="confirmationMessage">What is asked before.</param>
    /// <param name="iconName">The name of a Fluent UI icon.</param>
    /// <param name="iconVariant">Filled or regular.</param>
    /// <param name="isHighlighted">Whether it is shown among the first.</param>
    [Obsolete("Use the overload that takes CommandOptions instead.")]
    public static IResourceBuilder<T> WithCommand<T>(this IResourceBuilder<T> builder, string name, string displayName, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand, Func<UpdateCommandStateContext, ResourceCommandState>? updateState = null, string? displayDescription = null, object? parameter = null, string? confirmationMessage = null, string? iconName = null, IconVariant? iconVariant = default, bool isHighlighted = false)
        where T : IResource => builder.WithCommand(name, displayName, executeCommand, new CommandOptions
        {
            UpdateState = updateState,
            Description = displayDescription,
            CustomParameter = parameter,
            ConfirmationMessage = confirmationMessage,
            IconName = iconName,
            IconVariant = iconVariant,
            IsHighlighted = isHighlighted,
        });

    private static IResourceBuilder<T> OfferCommand<T>(this IResourceBuilder<T> builder, ResourceCommandAnnotation command)
        where T : IResource
    {
        foreach (var earlier in builder.Resource.Annotations.OfType<ResourceCommandAnnotation>().Where(a => a.Name == command.Name).ToList())
        {
            builder.Resource.Annotations.Remove(earlier);
        }

        return builder.WithAnnotation(command);
    }
}
