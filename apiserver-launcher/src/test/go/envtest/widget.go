// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0

// Package envtest is what users of controller-runtime write: a kind, a reconciler, a webhook. Its test has envtest start
// ./apiserver in the place of the real kube-apiserver. Nothing here knows apiserver4j.
package envtest

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"
	"sigs.k8s.io/controller-runtime/pkg/webhook/admission"
)

var groupVersion = schema.GroupVersion{Group: "envtest.example.com", Version: "v1"}

const finalizer = "envtest.example.com/goodbye"

// WidgetSpec says what is wanted.
type WidgetSpec struct {
	Size  int    `json:"size"`
	Color string `json:"color,omitempty"`
}

// WidgetStatus says what is there.
type WidgetStatus struct {
	Ready              bool  `json:"ready,omitempty"`
	ObservedGeneration int64 `json:"observedGeneration,omitempty"`
}

// Widget is a kind of this package's own.
type Widget struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              WidgetSpec   `json:"spec"`
	Status            WidgetStatus `json:"status,omitempty"`
}

// WidgetList holds several.
type WidgetList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []Widget `json:"items"`
}

// DeepCopyObject makes a Widget a runtime.Object.
func (w *Widget) DeepCopyObject() runtime.Object {
	out := *w
	w.ObjectMeta.DeepCopyInto(&out.ObjectMeta)
	return &out
}

// DeepCopyObject makes a WidgetList a runtime.Object.
func (l *WidgetList) DeepCopyObject() runtime.Object {
	out := *l
	out.Items = make([]Widget, len(l.Items))
	for i := range l.Items {
		out.Items[i] = *l.Items[i].DeepCopyObject().(*Widget)
	}
	return &out
}

func addToScheme(scheme *runtime.Scheme) {
	scheme.AddKnownTypes(groupVersion, &Widget{}, &WidgetList{})
	metav1.AddToGroupVersion(scheme, groupVersion)
}

// reconciler keeps a config map for each widget and says so in its status.
type reconciler struct {
	client.Client
	goodbyes chan string
}

func (r *reconciler) Reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	widget := &Widget{}
	if err := r.Get(ctx, request.NamespacedName, widget); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	if !widget.DeletionTimestamp.IsZero() {
		if controllerutil.RemoveFinalizer(widget, finalizer) {
			if err := r.Update(ctx, widget); err != nil {
				return ctrl.Result{}, client.IgnoreNotFound(err)
			}
			r.goodbyes <- widget.Name
		}
		return ctrl.Result{}, nil
	}
	if controllerutil.AddFinalizer(widget, finalizer) {
		if err := r.Update(ctx, widget); err != nil {
			return ctrl.Result{}, err
		}
	}
	kept := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: widget.Name, Namespace: widget.Namespace}}
	_, err := controllerutil.CreateOrUpdate(ctx, r.Client, kept, func() error {
		kept.Data = map[string]string{"size": fmt.Sprint(widget.Spec.Size), "color": widget.Spec.Color}
		return controllerutil.SetControllerReference(widget, kept, r.Scheme())
	})
	if err != nil {
		return ctrl.Result{}, err
	}
	before := widget.DeepCopyObject().(*Widget)
	widget.Status = WidgetStatus{Ready: true, ObservedGeneration: widget.Generation}
	return ctrl.Result{}, r.Status().Patch(ctx, widget, client.MergeFrom(before))
}

func (r *reconciler) setUp(manager ctrl.Manager) error {
	return ctrl.NewControllerManagedBy(manager).For(&Widget{}).Owns(&corev1.ConfigMap{}).Complete(r)
}

// judge is the webhook: pink it refuses, and of red it warns.
type judge struct{}

func (judge) ValidateCreate(_ context.Context, widget *Widget) (admission.Warnings, error) {
	switch widget.Spec.Color {
	case "pink":
		return nil, fmt.Errorf("%s is pink", widget.Name)
	case "red":
		return admission.Warnings{"red is going out of fashion"}, nil
	}
	return nil, nil
}

func (j judge) ValidateUpdate(ctx context.Context, _, widget *Widget) (admission.Warnings, error) {
	return j.ValidateCreate(ctx, widget)
}

func (judge) ValidateDelete(context.Context, *Widget) (admission.Warnings, error) {
	return nil, nil
}
